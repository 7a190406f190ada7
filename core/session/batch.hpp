#pragma once
// Batch: the answers to one JSON array of frames, gathered into one array (2025-03-26 and before).
#include "core/jsonrpc/exchange.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace tomada::session {

class Batch final {
 public:
  Batch(std::shared_ptr<jsonrpc::Reply> reply, std::size_t frames) : reply_{std::move(reply)}, missing_{frames} {}

  void take(const std::string& body);  // one frame has ended; empty: with nothing to say. The last one sends the array.
  [[nodiscard]] jsonrpc::Reply& reply() noexcept { return *reply_; }

 private:
  std::shared_ptr<jsonrpc::Reply> reply_;
  std::mutex mutex_;  // guards the two below
  std::size_t missing_;
  std::string answers_;
};

[[nodiscard]] std::shared_ptr<jsonrpc::Reply> reply_into(std::shared_ptr<Batch> batch);
// The reply of one frame. Dropped unanswered (a cancelled call) it counts as having nothing to say.

}  // namespace tomada::session
