#pragma once
// RetryBudget: how much of an upstream's traffic may be repetition, and how long to wait before repeating.
#include "core/base/clock.hpp"

#include <mutex>

namespace tomada::upstream {

// Tokens as gRPC's retry throttling has them: a failure costs one, a success brings a tenth; retry above half.
class RetryBudget final {
 public:
  void note_success();
  void note_failure();
  [[nodiscard]] bool allows_retry() const;

 private:
  mutable std::mutex mutex_;  // guards tokens_
  double tokens_ = 10;
};

[[nodiscard]] Milliseconds backoff(std::size_t attempt);  // full jitter: 0 .. min(10 s, 200 ms · 2^attempt)
[[nodiscard]] Milliseconds jitter(Milliseconds most);     // 0 .. most

}  // namespace tomada::upstream
