#pragma once
// Random: numbers that are the same on every machine for the same seed.
#include <cstddef>
#include <cstdint>

namespace omie_simulator {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool happens(int percent) { return between(1, 100) <= percent; }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[static_cast<std::size_t>(next() % std::size(range))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace omie_simulator
