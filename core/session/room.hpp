#pragma once
// Room: how many bytes of events are kept for clients that may come back: for one session, within what all may have.
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace tomada::session {

class Room final {  // [any thread]
 public:
  explicit Room(std::size_t most, std::shared_ptr<Room> whole = nullptr) : most_{most}, whole_{std::move(whole)} {}

  void take(std::size_t bytes) noexcept {
    used_ += bytes;
    if (whole_) whole_->take(bytes);
  }
  void give(std::size_t bytes) noexcept {
    used_ -= bytes;
    if (whole_) whole_->give(bytes);
  }
  [[nodiscard]] std::size_t used() const noexcept { return used_.load(); }
  [[nodiscard]] bool is_crowded() const noexcept {  // what all may have is nearly used up
    return whole_ ? whole_->is_crowded() : used() > most_ / 4 * 3;
  }
  [[nodiscard]] bool is_exceeded() const noexcept { return used() > most_ || (whole_ && whole_->is_exceeded()); }

 private:
  const std::size_t most_;
  const std::shared_ptr<Room> whole_;  // null: this is all there is
  std::atomic<std::size_t> used_{0};
};

}  // namespace tomada::session
