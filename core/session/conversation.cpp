#include "core/session/conversation.hpp"

#include <algorithm>
#include <utility>

namespace tomada::session {

bool Conversation::add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) {
  const std::lock_guard lock{mutex_};
  auto& kept = entries_[id];
  if (!kept.is_over()) return false;  // over: none, or a call that was dropped without an end
  kept.call = std::move(call);
  return true;
}

bool Conversation::watch(const jsonrpc::Id& id, std::function<void()> cancelled) {
  const std::lock_guard lock{mutex_};
  auto& kept = entries_[id];
  if (!kept.is_over()) return false;
  kept = {{}, std::move(cancelled)};
  return true;
}

bool Conversation::is_idle() const {
  const std::lock_guard lock{mutex_};
  return std::all_of(entries_.begin(), entries_.end(), [](const auto& entry) { return entry.second.is_over(); });
}

// After a cancellation the id may be a newer call's already.
bool Conversation::remove(const jsonrpc::Id& id, const registry::Call& call) {
  const std::lock_guard lock{mutex_};
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.call.lock().get() != &call) return false;
  entries_.erase(found);
  return true;
}

void Conversation::forget(const jsonrpc::Id& id) {
  Entry forgotten;  // what it holds dies outside the lock
  const std::lock_guard lock{mutex_};
  const auto found = entries_.find(id);
  if (found == entries_.end() || !found->second.cancelled) return;
  forgotten = std::move(found->second);
  entries_.erase(found);
}

// Whoever takes the entry out decides: after a cancellation the finishing call finds nothing and stays silent.
bool Conversation::cancel(const jsonrpc::Id& id) {
  Entry entry;
  {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(id);
    if (found == entries_.end()) return false;
    entry = std::move(found->second);
    entries_.erase(found);
  }
  const auto call = entry.call.lock();
  if (call) call->cancel();
  if (entry.cancelled) entry.cancelled();
  return call || entry.cancelled;
}

}  // namespace tomada::session
