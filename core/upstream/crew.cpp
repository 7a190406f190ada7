#include "core/upstream/crew.hpp"

#include <utility>

namespace tomada::upstream {

Crew::~Crew() {
  std::deque<Work> dropped;  // ends outside the lock
  {
    const std::lock_guard lock{mutex_};
    stop_.request_stop();
    dropped.swap(waiting_);
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Crew::take(Work work) {
  const std::lock_guard lock{mutex_};
  if (waiting_.size() >= idle_ && threads_.size() < most_) threads_.emplace_back([this] { run(); });
  waiting_.push_back(std::move(work));
  ready_.notify_one();
}

void Crew::run() {
  std::unique_lock lock{mutex_};
  while (!stop_.stop_requested()) {
    if (waiting_.empty()) {
      ++idle_;
      ready_.wait(lock);
      --idle_;
      continue;
    }
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work(stop_.get_token());
    work = nullptr;
    lock.lock();
  }
}

}  // namespace tomada::upstream
