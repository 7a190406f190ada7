#pragma once
// Random: numbers that look random and are the same on every machine. SplitMix64, seeded by what is being made and
// when, so that a day's orders do not depend on how many days came before.
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace tomada::erp::demo {

class Random {
 public:
  constexpr Random(std::string_view subject, std::int64_t when) noexcept {
    for (const char c : subject) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    state_ ^= static_cast<std::uint64_t>(when) * 0x9E3779B97F4A7C15u;
    next();
  }

  constexpr std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15u;
    auto out = state_;
    out = (out ^ (out >> 30)) * 0xBF58476D1CE4E5B9u;
    out = (out ^ (out >> 27)) * 0x94D049BB133111EBu;
    return out ^ (out >> 31);
  }
  // 0 to count - 1; 0 where there is nothing to choose from. The bias of the remainder is far below anything a demo
  // shows.
  constexpr std::int64_t below(std::int64_t count) noexcept {
    return count > 0 ? static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(count)) : 0;
  }
  constexpr std::int64_t between(std::int64_t least, std::int64_t most) noexcept {
    return least + below(most - least + 1);
  }
  constexpr bool chance(int percent) noexcept { return below(100) < percent; }
  template <class Item>
  constexpr const Item& pick(std::span<const Item> from) noexcept {
    return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
  }
  template <class Item, std::size_t size>
  constexpr const Item& pick(const std::array<Item, size>& from) noexcept {
    return pick(std::span<const Item>{from});
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325u;
};

}  // namespace tomada::erp::demo
