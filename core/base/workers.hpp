#pragma once
// A bounded pool of threads for work that may block.
#include "core/base/clock.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tomada {

class Workers final {
 public:
  Workers(std::size_t threads, std::size_t queue_limit);
  ~Workers();  // finishes what is queued, joins
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] bool submit(std::function<void()> work);  // false: the queue is full or the pool is closing
  void close();                                           // no new work; returns when all threads have ended
  [[nodiscard]] bool close(Milliseconds at_most);         // false: after that time some were still busy
  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] std::size_t threads() const noexcept { return width_; }  // that work at once, beside those on leave

  // A worker whose work turns out to take long goes on leave: another thread works in its place until it is back.
  static constexpr std::size_t most_on_leave = 64;
  [[nodiscard]] bool go_on_leave();  // false: so many are already; it keeps its place
  void come_back();

 private:
  void run();
  void begin_thread();

  const std::size_t width_, queue_limit_;
  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable ready_, ended_;
  std::size_t running_ = 0;  // threads
  std::size_t working_ = 0, on_leave_ = 0;
  std::deque<std::function<void()>> queue_;
  bool is_closing_ = false;
  std::vector<std::thread> threads_;  // last: they use everything above
};

}  // namespace tomada
