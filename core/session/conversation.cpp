#include "core/session/conversation.hpp"

namespace tomada::session {

bool Conversation::add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) {
  const std::lock_guard lock{mutex_};
  auto& kept = calls_[id];
  if (!kept.expired()) return false;  // expired: none, or one that was dropped without an end
  kept = std::move(call);
  return true;
}

// After a cancellation the id may be a newer call's already.
bool Conversation::remove(const jsonrpc::Id& id, const registry::Call& call) {
  const std::lock_guard lock{mutex_};
  const auto found = calls_.find(id);
  if (found == calls_.end() || found->second.lock().get() != &call) return false;
  calls_.erase(found);
  return true;
}

// Whoever takes the entry out decides: after a cancellation the finishing call finds nothing and stays silent.
bool Conversation::cancel(const jsonrpc::Id& id) {
  std::shared_ptr<registry::Call> call;
  {
    const std::lock_guard lock{mutex_};
    const auto found = calls_.find(id);
    if (found == calls_.end()) return false;
    call = found->second.lock();
    calls_.erase(found);
  }
  if (call) call->cancel();
  return call != nullptr;
}

}  // namespace tomada::session
