#pragma once
// Batch: the answers to one JSON array of frames, gathered into one array (2025-03-26 and before).
#include "core/jsonrpc/exchange.hpp"
#include "core/protocol/answer.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

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

using Frames = std::vector<std::shared_ptr<jsonrpc::Message>>;
[[nodiscard]] Frames frames_of(const std::shared_ptr<jsonrpc::Message>& batch);
[[nodiscard]] std::optional<protocol::Problem> batch_problem(const protocol::Request& request, const Frames& frames);
// Why they cannot be a batch: too many, a revision without batches, a frame that is no JSON-RPC or modern.
[[nodiscard]] protocol::Problem invalid_request(std::string message);

[[nodiscard]] std::shared_ptr<jsonrpc::Reply> reply_into(std::shared_ptr<Batch> batch);
// The reply of one frame. Dropped unanswered (a cancelled call) it counts as having nothing to say.

}  // namespace tomada::session
