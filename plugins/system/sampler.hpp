#pragma once
// Sampler: calls a function now and then again every interval, on a thread of its own.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tomada::system {

class Sampler final {
 public:
  // `take` has run once when the constructor returns; it never runs twice at once.
  Sampler(std::chrono::milliseconds interval, std::function<void()> take);

 private:
  void run(const std::stop_token& stop);

  std::chrono::milliseconds interval_;
  std::function<void()> take_;
  std::mutex mutex_;  // guards nothing but the waiting itself
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: stops and joins before anything else goes
};

}  // namespace tomada::system
