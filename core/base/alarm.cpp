#include "core/base/alarm.hpp"

#include <algorithm>
#include <utility>

namespace tomada {

void Alarm::start() {
  const std::lock_guard lock{mutex_};
  is_started_ = true;
}

void Alarm::wake_at(SteadyTime when) {
  const std::lock_guard lock{mutex_};
  if (!is_started_ || when >= next_) return;
  next_ = when;
  if (!thread_.joinable()) thread_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
  changed_.notify_all();
}

void Alarm::stop() {
  std::jthread ended;
  {
    const std::lock_guard lock{mutex_};
    is_started_ = false;
    ended.swap(thread_);
  }
}  // joins

void Alarm::watch(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (!stop.stop_requested()) {
    const auto now = clock_.steady_now();
    if (now < next_) {
      const auto until = next_;
      const auto is_other = [&] { return next_ != until; };
      if (until == SteadyTime::max()) {
        changed_.wait(lock, stop, is_other);
      } else {
        changed_.wait_for(lock, stop, until - now, is_other);
      }
      continue;
    }
    next_ = SteadyTime::max();
    lock.unlock();
    const auto next = look_();
    lock.lock();
    next_ = std::min(next_, next.value_or(SteadyTime::max()));
  }
}

}  // namespace tomada
