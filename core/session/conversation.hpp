#pragma once
// Conversation: what one client has under way, by id: calls, streams, questions.
#include "core/protocol/service.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace tomada::session {

class Conversation final : public protocol::InFlight {
 public:
  [[nodiscard]] bool add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) override;
  bool remove(const jsonrpc::Id& id, const registry::Call& call) override;
  bool cancel(const jsonrpc::Id& id) override;
  [[nodiscard]] bool watch(const jsonrpc::Id& id, std::function<void()> cancelled) override;
  void forget(const jsonrpc::Id& id) override;

  [[nodiscard]] bool is_idle() const;  // nothing is under way

 private:
  struct Entry {
    std::weak_ptr<registry::Call> call;
    std::function<void()> cancelled;  // of anything but a call
    [[nodiscard]] bool is_over() const noexcept { return call.expired() && !cancelled; }
  };

  mutable std::mutex mutex_;  // guards entries_
  std::unordered_map<jsonrpc::Id, Entry> entries_;
};

}  // namespace tomada::session
