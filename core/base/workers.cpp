#include "core/base/workers.hpp"

namespace tomada {

Workers::Workers(std::size_t threads, std::size_t queue_limit) : queue_limit_{queue_limit} {
  threads_.reserve(threads);
  running_ = threads;
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() { close(); }

bool Workers::submit(std::function<void()> work) {
  {
    const std::lock_guard lock{mutex_};
    if (is_closing_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(work));
  }
  ready_.notify_one();
  return true;
}

void Workers::close() {
  {
    const std::lock_guard lock{mutex_};
    is_closing_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

bool Workers::close(Milliseconds at_most) {
  std::unique_lock lock{mutex_};
  is_closing_ = true;
  ready_.notify_all();
  return ended_.wait_for(lock, at_most, [this] { return running_ == 0; });
}

std::size_t Workers::queued() const {
  const std::lock_guard lock{mutex_};
  return queue_.size();
}

void Workers::run() {
  for (;;) {
    std::function<void()> work;
    {
      std::unique_lock lock{mutex_};
      ready_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
      if (queue_.empty()) {
        --running_;
        ended_.notify_all();
        return;
      }
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace tomada
