#pragma once
// Census: how many connections are open over all I/O threads, and a way to wait until none is.
#include "core/base/clock.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace tomada::http {

class Census final {
 public:
  void joined() {
    const std::lock_guard lock{mutex_};
    ++open_;
  }
  void left() {
    const std::lock_guard lock{mutex_};
    if (--open_ == 0) empty_.notify_all();
  }
  [[nodiscard]] bool wait_until_empty(Milliseconds at_most) {
    std::unique_lock lock{mutex_};
    return empty_.wait_for(lock, at_most, [this] { return open_ == 0; });
  }

 private:
  std::mutex mutex_;  // guards the two below
  std::condition_variable empty_;
  std::size_t open_ = 0;
};

}  // namespace tomada::http
