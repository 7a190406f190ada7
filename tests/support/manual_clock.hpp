#pragma once
// ManualClock: time that moves only when the test says so.
#include "core/base/clock.hpp"

#include <atomic>

namespace tomada::test {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = WallTime{std::chrono::seconds{1'792'000'000}})  // 2026-10-14T17:46:40Z
      : start_{start} {}
  [[nodiscard]] SteadyTime steady_now() const override { return SteadyTime{std::chrono::hours{1}} + passed(); }
  [[nodiscard]] WallTime wall_now() const override { return start_ + passed(); }
  void advance(Milliseconds by) { passed_ms_ += by.count(); }

 private:
  [[nodiscard]] Milliseconds passed() const { return Milliseconds{passed_ms_.load()}; }
  WallTime start_;
  std::atomic<std::int64_t> passed_ms_{0};
};

}  // namespace tomada::test
