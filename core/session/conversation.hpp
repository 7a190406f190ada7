#pragma once
// Conversation: what one pipe remembers between frames: the agreed legacy revision and the calls in flight by id.
#include "core/protocol/service.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace tomada::session {

class Conversation final : public protocol::InFlight {
 public:
  [[nodiscard]] bool add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) override;
  bool remove(const jsonrpc::Id& id, const registry::Call& call) override;
  bool cancel(const jsonrpc::Id& id) override;

  [[nodiscard]] const protocol::Revision* agreed() const noexcept { return agreed_.load(); }  // null: no handshake yet
  void agree_on(const protocol::Revision& revision) noexcept { agreed_.store(&revision); }

 private:
  std::atomic<const protocol::Revision*> agreed_{nullptr};
  std::mutex mutex_;  // guards calls_
  std::unordered_map<jsonrpc::Id, std::weak_ptr<registry::Call>> calls_;
};

}  // namespace tomada::session
