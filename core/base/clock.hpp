#pragma once
// Time as a dependency: the system's in production, a hand-moved one in tests.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tomada {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;
using Milliseconds = std::chrono::milliseconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual SteadyTime steady_now() const = 0;
  [[nodiscard]] virtual WallTime wall_now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] SteadyTime steady_now() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] WallTime wall_now() const override { return std::chrono::system_clock::now(); }
};

// Of two times, of which either may be none.
[[nodiscard]] inline std::optional<SteadyTime> earlier(std::optional<SteadyTime> a, std::optional<SteadyTime> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

[[nodiscard]] inline std::int64_t unix_ms(WallTime time) {
  return std::chrono::floor<Milliseconds>(time.time_since_epoch()).count();
}

[[nodiscard]] std::string rfc3339(WallTime time);
// "2026-11-21T10:24:16.123456789Z", always UTC, nanoseconds.

}  // namespace tomada
