#pragma once
// HurriedClock: time that passes as it does and leaps when the test says so, for what really waits a few milliseconds.
#include "core/base/clock.hpp"

#include <atomic>

namespace tomada::test {

class HurriedClock final : public Clock {
 public:
  explicit HurriedClock(WallTime start = WallTime{std::chrono::seconds{1'792'000'000}})  // 2026-10-14T17:46:40Z
      : start_{start} {}
  [[nodiscard]] SteadyTime steady_now() const override { return began_ + passed(); }
  [[nodiscard]] WallTime wall_now() const override { return start_ + passed(); }
  void advance(Milliseconds by) { leapt_ms_ += by.count(); }

 private:
  [[nodiscard]] Milliseconds passed() const {
    const auto lived = std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now() - began_);
    return lived + Milliseconds{leapt_ms_.load()};
  }
  const WallTime start_;
  const SteadyTime began_ = std::chrono::steady_clock::now();
  std::atomic<std::int64_t> leapt_ms_{0};
};

}  // namespace tomada::test
