#pragma once
// The textbook eviction policies that ours is measured against, counted in entries of one size.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <deque>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tomada::test {

using Key = std::uint32_t;

class LeastRecentlyUsed final {
 public:
  explicit LeastRecentlyUsed(std::size_t capacity) : capacity_{capacity} {}
  bool ask(Key key) {
    if (touch(key)) return true;
    insert(key);
    if (places_.size() > capacity_) take_oldest();
    return false;
  }
  bool touch(Key key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return false;
    order_.splice(order_.begin(), order_, found->second);
    return true;
  }
  void insert(Key key) {
    order_.push_front(key);
    places_[key] = order_.begin();
  }
  void erase(Key key) {
    order_.erase(places_.at(key));
    places_.erase(key);
  }
  Key take_oldest() {
    const Key key = order_.back();
    erase(key);
    return key;
  }
  [[nodiscard]] Key oldest() const { return order_.back(); }
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  std::size_t capacity_;
  std::list<Key> order_;  // newest first
  std::unordered_map<Key, std::list<Key>::iterator> places_;
};

class Sieve final {
 public:
  explicit Sieve(std::size_t capacity) : capacity_{capacity} {}
  bool ask(Key key) {
    const auto found = places_.find(key);
    if (found != places_.end()) return found->second->is_visited = true;
    if (places_.size() >= capacity_) evict();
    order_.push_front({key, false});
    places_[key] = order_.begin();
    return false;
  }

 private:
  struct Node {
    Key key;
    bool is_visited;
  };
  void evict() {
    auto at = hand_ == order_.end() ? std::prev(order_.end()) : hand_;
    while (at->is_visited) {
      at->is_visited = false;
      at = at == order_.begin() ? std::prev(order_.end()) : std::prev(at);
    }
    hand_ = at == order_.begin() ? order_.end() : std::prev(at);
    places_.erase(at->key);
    order_.erase(at);
  }
  std::size_t capacity_;
  std::list<Node> order_;  // newest first
  std::list<Node>::iterator hand_ = order_.end();
  std::unordered_map<Key, std::list<Node>::iterator> places_;
};

class S3Fifo final {
 public:
  explicit S3Fifo(std::size_t capacity) : capacity_{capacity}, trial_room_{capacity / 10} {}
  bool ask(Key key) {
    if (const auto found = uses_.find(key); found != uses_.end()) {
      found->second = std::min(found->second + 1, 3);
      return true;
    }
    while (trial_.size() + main_.size() >= capacity_) trial_.size() >= trial_room_ ? try_out() : pass();
    const bool was_ghost = ghosts_.erase(key) > 0;
    (was_ghost ? main_ : trial_).push_back(key);
    uses_[key] = 0;
    return false;
  }

 private:
  void try_out() {
    while (!trial_.empty()) {
      const Key key = trial_.front();
      trial_.pop_front();
      if (uses_[key] <= 1) return become_ghost(key);
      uses_[key] = 0;
      main_.push_back(key);
      if (main_.size() > capacity_ - trial_room_) pass();
    }
  }
  void pass() {
    while (!main_.empty()) {
      const Key key = main_.front();
      main_.pop_front();
      if (uses_[key] == 0) return static_cast<void>(uses_.erase(key));
      --uses_[key];
      main_.push_back(key);
    }
  }
  void become_ghost(Key key) {
    uses_.erase(key);
    ghosts_[key] = ++last_;
    ghost_order_.emplace_back(key, last_);
    while (ghosts_.size() > capacity_ - trial_room_) {
      const auto [oldest, number] = ghost_order_.front();
      ghost_order_.pop_front();
      const auto found = ghosts_.find(oldest);
      if (found != ghosts_.end() && found->second == number) ghosts_.erase(found);
    }
  }
  std::size_t capacity_, trial_room_;
  std::deque<Key> trial_, main_;
  std::unordered_map<Key, int> uses_;
  std::unordered_map<Key, std::uint64_t> ghosts_;
  std::deque<std::pair<Key, std::uint64_t>> ghost_order_;
  std::uint64_t last_ = 0;
};

// Window of 1 %, the rest segmented (80 % protected), admission by a sketch of 4-bit counters that age by halving.
class WindowTinyLfu final {
 public:
  explicit WindowTinyLfu(std::size_t capacity)
      : window_room_{std::max<std::size_t>(1, capacity / 100)},
        main_room_{capacity - window_room_},
        protected_room_{main_room_ * 8 / 10},
        sample_{capacity * 10},
        counters_(4 * std::bit_ceil(capacity * 16)) {}
  bool ask(Key key) {
    count(key);
    if (window_.touch(key) || protected_.touch(key)) return true;
    if (on_probation_.touch(key)) return promote(key);
    window_.insert(key);
    if (window_.size() > window_room_) admit(window_.take_oldest());
    return false;
  }

 private:
  bool promote(Key key) {
    on_probation_.erase(key);
    protected_.insert(key);
    if (protected_.size() > protected_room_) on_probation_.insert(protected_.take_oldest());
    return true;
  }
  void admit(Key candidate) {
    const bool is_full = on_probation_.size() + protected_.size() >= main_room_;
    if (!is_full) return on_probation_.insert(candidate);
    auto& losing = on_probation_.size() ? on_probation_ : protected_;
    if (frequency(candidate) <= frequency(losing.oldest())) return;
    losing.take_oldest();
    on_probation_.insert(candidate);
  }
  [[nodiscard]] std::size_t slot(Key key, std::size_t row) const {
    const std::uint64_t mixed = (key + 1 + row * 0x9E3779B97F4A7C15u) * (0xFF51AFD7ED558CCDu + 2 * row);
    return row * (counters_.size() / 4) + (mixed >> 32) % (counters_.size() / 4);
  }
  void count(Key key) {
    for (std::size_t row = 0; row < 4; ++row) {
      auto& counter = counters_[slot(key, row)];
      if (counter < 15) ++counter;
    }
    if (++counted_ < sample_) return;
    counted_ /= 2;
    for (auto& counter : counters_) counter /= 2;
  }
  [[nodiscard]] int frequency(Key key) const {
    int out = 15;
    for (std::size_t row = 0; row < 4; ++row) out = std::min<int>(out, counters_[slot(key, row)]);
    return out;
  }
  std::size_t window_room_, main_room_, protected_room_, sample_;
  std::size_t counted_ = 0;
  std::vector<std::uint8_t> counters_;
  LeastRecentlyUsed window_{0}, on_probation_{0}, protected_{0};
};

}  // namespace tomada::test
