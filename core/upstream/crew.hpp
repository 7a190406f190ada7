#pragma once
// Crew: threads that finish what is on the wire, whether or not anybody still waits. They start when needed.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace tomada::upstream {

class Crew final {
 public:
  using Work = std::function<void(const std::stop_token&)>;  // never throws; ends soon when the token says so

  explicit Crew(std::size_t most) : most_{most} {}
  ~Crew();  // stops what runs, drops what has not begun, joins
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void take(Work work);  // begins at once, or when one of `most` threads is free

 private:
  void run();

  const std::size_t most_;
  std::stop_source stop_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable ready_;
  std::deque<Work> waiting_;
  std::size_t idle_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace tomada::upstream
