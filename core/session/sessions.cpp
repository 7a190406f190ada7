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
    if (sessions_.size() >= limits_.most && !(displaced = take_idle(owner))) return nullptr;
    sessions_.emplace(made->id(), made);
  }
  if (displaced) displaced->end("the session has ended");
  alarm_->wake_at(clock_.steady_now() + limits_.idle);
  return made;
}

std::shared_ptr<Session> MemorySessions::take_idle(const Principal& owner) {
  auto oldest = sessions_.end();
  for (auto at = sessions_.begin(); at != sessions_.end(); ++at) {
    const auto& one = *at->second;
    if (!one.belongs_to(owner) || one.is_busy()) continue;
    if (oldest == sessions_.end() || one.last_used() < oldest->second->last_used()) oldest = at;
  }
  if (oldest == sessions_.end()) return nullptr;
  auto out = std::move(oldest->second);
  sessions_.erase(oldest);
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
    ended = std::move(found->second);
    sessions_.erase(found);
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
        next = next ? std::min(*next, due) : due;
        ++at;
        continue;
      }
      ended.push_back(std::move(at->second));
      at = sessions_.erase(at);
    }
  }
  for (const auto& session : ended) session->end("the session has ended");
  return next;
}

}  // namespace tomada::session
