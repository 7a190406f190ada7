#include "core/upstream/watchdog.hpp"

namespace tomada::upstream {

Watchdog::Watchdog() : thread_{[this] { run(); }} {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock{mutex_};
    is_closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Watchdog::run() {
  std::unique_lock lock{mutex_};
  while (!is_closing_) {
    if (due_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = due_.begin();
    if (std::chrono::steady_clock::now() < first->first.first) {
      changed_.wait_until(lock, SteadyTime{first->first.first});  // a copy: the watch may end while we sleep
      continue;
    }
    first->second();
    due_.erase(first);
  }
}

Watchdog::Watch::Watch(Watchdog& dog, Milliseconds after, std::function<void()> bite) : dog_{dog} {
  const std::lock_guard lock{dog.mutex_};
  key_ = {std::chrono::steady_clock::now() + after, dog.next_++};
  const bool is_first = dog.due_.empty() || key_ < dog.due_.begin()->first;
  dog.due_.emplace(key_, std::move(bite));
  if (is_first) dog.changed_.notify_one();
}

Watchdog::Watch::~Watch() {
  const std::lock_guard lock{dog_.mutex_};
  dog_.due_.erase(key_);
}

}  // namespace tomada::upstream
