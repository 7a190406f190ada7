#include "core/base/workers.hpp"

namespace tomada {

Workers::Workers(std::size_t threads, std::size_t queue_limit) : width_{threads}, queue_limit_{queue_limit} {
  threads_.reserve(threads);
  const std::lock_guard lock{mutex_};
  for (std::size_t i = 0; i < threads; ++i) begin_thread();
}

Workers::~Workers() { close(); }

void Workers::begin_thread() {
  ++running_;
  threads_.emplace_back([this] { run(); });
}

bool Workers::submit(std::function<void()> work) {
  {
    const std::lock_guard lock{mutex_};
    if (is_closing_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(work));
  }
  ready_.notify_one();
  return true;
}

bool Workers::go_on_leave() {
  const std::lock_guard lock{mutex_};
  if (on_leave_ >= most_on_leave || is_closing_) return false;
  ++on_leave_;
  --working_;
  if (threads_.size() < width_ + on_leave_) begin_thread();  // kept for the next who goes
  ready_.notify_one();
  return true;
}

void Workers::come_back() {
  const std::lock_guard lock{mutex_};
  --on_leave_;
  ++working_;
}

void Workers::close() {
  {
    const std::lock_guard lock{mutex_};
    is_closing_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) {  // none begins any more
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
  std::unique_lock lock{mutex_};
  for (;;) {
    ready_.wait(lock, [this] { return is_closing_ || (!queue_.empty() && working_ < width_); });
    if (queue_.empty()) {
      --running_;
      ended_.notify_all();
      return;
    }
    ++working_;
    auto work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    work();
    work = nullptr;  // what it holds dies outside the lock
    lock.lock();
    --working_;  // and looks for the next itself: nobody need be woken
  }
}

}  // namespace tomada
