#pragma once
// Stripe: which of an instrument's padded cells the calling thread adds to, so that threads rarely share a cache line.
#include <atomic>
#include <cstddef>

namespace tomada::metrics {

inline constexpr std::size_t stripes = 8;
inline constexpr std::size_t cache_line = 64;

[[nodiscard]] inline std::size_t stripe() noexcept {
  static std::atomic<std::size_t> next{0};
  static thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed) % stripes;
  return mine;
}

}  // namespace tomada::metrics
