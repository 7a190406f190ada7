#include "core/session/sessions.hpp"

#include "core/base/id.hpp"

#include <algorithm>
#include <utility>

namespace tomada::session {

std::shared_ptr<Session> MemorySessions::begin(const Principal& owner) {
  auto made = std::make_shared<Session>(limits_.kind, random_hex(16), owner, clock_, alarm_, room_);
  made->hear(clock_.steady_now());
  std::shared_ptr<Session> displaced;
  {
    const std::lock_guard lock{mutex_};
    if (sessions_.size() >= limits_.most && !(displaced = displace_for(made->owner()))) return nullptr;
    sessions_.emplace(made->id(), made);
    ++held_[made->owner()];
  }
  if (displaced) displaced->end("the session has ended");
  alarm_->wake_at(clock_.steady_now() + limits_.idle);
  return made;
}

// One in use yields only to a principal that still has fewer afterwards.
std::shared_ptr<Session> MemorySessions::displace_for(const std::string& owner) {
  const auto most =
      std::max_element(held_.begin(), held_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto found = held_.find(owner);
  const auto own = found == held_.end() ? 0 : found->second;
  std::shared_ptr<Session> out;
  if (most != held_.end() && most->second > own) {
    const auto& holder = most->first;
    const bool may_be_busy = most->second > own + 1;
    out = take_oldest(holder, false);
    if (!out && may_be_busy) out = take_oldest(holder, true);
  }
  return out ? out : take_oldest(owner, false);
}

std::shared_ptr<Session> MemorySessions::take_oldest(const std::string& owner, bool may_be_busy) {
  auto oldest = sessions_.end();
  for (auto at = sessions_.begin(); at != sessions_.end(); ++at) {
    const auto& one = *at->second;
    if (one.owner() != owner) continue;
    if (oldest != sessions_.end() && one.last_used() >= oldest->second->last_used()) continue;
    if (may_be_busy || !one.is_busy()) oldest = at;
  }
  return oldest == sessions_.end() ? nullptr : take(oldest);
}

std::shared_ptr<Session> MemorySessions::take(Map::iterator at) {
  auto out = std::move(at->second);
  sessions_.erase(at);
  if (const auto holder = held_.find(out->owner()); --holder->second == 0) held_.erase(holder);
  return out;
}

std::shared_ptr<Session> MemorySessions::find(std::string_view id, const Principal& principal) {
  const std::lock_guard lock{mutex_};
  const auto found = sessions_.find(std::string{id});
  if (found == sessions_.end() || !found->second->belongs_to(principal)) return nullptr;
  found->second->hear(clock_.steady_now());
  return found->second;
}

void MemorySessions::end(const Session& session) {
  std::shared_ptr<Session> ended;
  {
    const std::lock_guard lock{mutex_};
    const auto found = sessions_.find(session.id());
    if (found == sessions_.end()) return;
    ended = take(found);
  }
  ended->end("the session has ended");
}

std::vector<std::shared_ptr<Session>> MemorySessions::all() const {
  std::vector<std::shared_ptr<Session>> out;
  const std::lock_guard lock{mutex_};
  out.reserve(sessions_.size());
  for (const auto& [_, session] : sessions_) out.push_back(session);
  return out;
}

// One that is busy counts as used now: it is looked at again after the idle time.
std::optional<SteadyTime> MemorySessions::expire() {
  const auto now = clock_.steady_now();
  std::vector<std::shared_ptr<Session>> ended;
  std::optional<SteadyTime> next;
  {
    const std::lock_guard lock{mutex_};
    for (auto at = sessions_.begin(); at != sessions_.end();) {
      auto& session = *at->second;
      if (session.last_used() + limits_.idle <= now && session.is_busy()) session.touch(now);
      const auto due = session.last_used() + limits_.idle;
      if (due > now) {
        next = earlier(next, due);
        ++at;
        continue;
      }
      ended.push_back(take(at++));
    }
  }
  for (const auto& session : ended) session->end("the session has ended");
  return next;
}

void MemorySessions::relieve() {
  bool has_helped = true;
  while (has_helped && room_->is_crowded()) {
    has_helped = false;
    for (const auto& session : fullest()) has_helped = session->forget_half() || has_helped;
  }
}

// Of the owner for whom most is kept, the sessions with at least their part of it.
std::vector<std::shared_ptr<Session>> MemorySessions::fullest() const {
  std::vector<std::shared_ptr<Session>> out;
  std::unordered_map<std::string_view, std::size_t> kept;
  const std::lock_guard lock{mutex_};
  for (const auto& [_, session] : sessions_) kept[session->owner()] += session->kept_bytes();
  const auto most =
      std::max_element(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == kept.end()) return out;
  const auto part = most->second / held_.at(std::string{most->first});
  for (const auto& [_, session] : sessions_) {
    if (session->owner() == most->first && session->kept_bytes() >= part) out.push_back(session);
  }
  return out;
}

}  // namespace tomada::session
