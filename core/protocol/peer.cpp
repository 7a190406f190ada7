#include "core/protocol/peer.hpp"

#include "core/protocol/declared.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tomada::protocol {
namespace {

std::string problem_in(const json::object& frame) {
  const auto* error = json::find_object(frame, "error");
  const auto* message = error ? json::find_string(*error, "message") : nullptr;
  return message && !message->empty() ? std::string{json::view(*message)} : std::string{"no reason given"};
}

}  // namespace

void Peer::agree_on(const Revision& revision, const json::object* capabilities) {
  auto kept = std::make_shared<const json::object>(capabilities ? declared(*capabilities) : json::object{});
  {
    const std::lock_guard lock{mutex_};
    capabilities_.swap(kept);
  }
  agreed_.store(&revision);
}

std::shared_ptr<const json::object> Peer::capabilities() const {
  const std::lock_guard lock{mutex_};
  return capabilities_;
}

bool Peer::subscribe(std::string_view uri) {
  const std::lock_guard lock{mutex_};
  if (subscriptions_.find(uri) != subscriptions_.end()) return true;
  const bool is_full =
      subscriptions_.size() >= most_subscriptions || uri.size() > most_subscribed_bytes - subscribed_bytes_;
  if (is_full) return false;
  subscriptions_.emplace(uri);
  subscribed_bytes_ += uri.size();
  return true;
}

void Peer::unsubscribe(std::string_view uri) {
  const std::lock_guard lock{mutex_};
  const auto found = subscriptions_.find(uri);
  if (found == subscriptions_.end()) return;
  subscribed_bytes_ -= uri.size();
  subscriptions_.erase(found);
}

bool Peer::is_subscribed(std::string_view uri) const {
  const std::lock_guard lock{mutex_};
  return subscriptions_.find(uri) != subscriptions_.end();
}

void Peer::await(std::int64_t id, SteadyTime until, Heard heard) {
  {
    const std::lock_guard lock{mutex_};
    questions_.emplace(id, Question{until, std::move(heard)});
  }
  alarm_->wake_at(until);
}

Peer::Heard Peer::take(std::int64_t id) {
  const std::lock_guard lock{mutex_};
  const auto found = questions_.find(id);
  if (found == questions_.end()) return nullptr;
  auto out = std::move(found->second.heard);
  questions_.erase(found);
  return out;
}

std::size_t Peer::open_questions() const {
  const std::lock_guard lock{mutex_};
  return questions_.size();
}

bool Peer::withdraw(std::int64_t id) { return take(id) != nullptr; }

void Peer::hear(const jsonrpc::Message& response) {
  const auto* id = std::get_if<std::int64_t>(&response.id());
  const auto heard = id ? take(*id) : nullptr;
  if (!heard) return;
  const auto& frame = response.root().get_object();
  Response out;
  out.result = json::find_object(frame, "result");
  if (!out.result) out.problem = problem_in(frame);
  heard(out);
}

std::optional<SteadyTime> Peer::expire(SteadyTime now) {
  std::vector<Heard> late;
  std::optional<SteadyTime> next;
  {
    const std::lock_guard lock{mutex_};
    for (auto at = questions_.begin(); at != questions_.end();) {
      if (at->second.until > now) {
        next = earlier(next, at->second.until);
        ++at;
        continue;
      }
      late.push_back(std::move(at->second.heard));
      at = questions_.erase(at);
    }
  }
  for (const auto& heard : late) heard({nullptr, "nobody answered in time"});
  return next;
}

void Peer::end_questions(std::string_view why) {
  std::map<std::int64_t, Question> ended;
  {
    const std::lock_guard lock{mutex_};
    ended.swap(questions_);
  }
  for (const auto& [_, question] : ended) question.heard({nullptr, std::string{why}});
}

}  // namespace tomada::protocol
