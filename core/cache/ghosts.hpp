#pragma once
// Ghosts: hashes of keys that left unused, so that one which comes back soon is known. First in first out, bounded.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>

namespace tomada::cache {

class Ghosts final {
 public:
  void add(std::uint64_t hash, std::size_t at_most) {
    known_[hash] = ++last_;
    order_.emplace_back(hash, last_);
    while (known_.size() > at_most) forget_oldest();
  }
  [[nodiscard]] bool take(std::uint64_t hash) { return known_.erase(hash) > 0; }  // true: it was there
  void clear() {
    known_.clear();
    order_.clear();
  }

 private:
  void forget_oldest() {
    const auto [hash, number] = order_.front();
    order_.pop_front();
    const auto found = known_.find(hash);
    if (found != known_.end() && found->second == number) known_.erase(found);  // else it came again, or was taken
  }

  std::unordered_map<std::uint64_t, std::uint64_t> known_;  // by hash: its number in the order
  std::deque<std::pair<std::uint64_t, std::uint64_t>> order_;
  std::uint64_t last_ = 0;
};

}  // namespace tomada::cache
