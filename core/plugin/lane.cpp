#include "core/plugin/lane.hpp"

#include <utility>

namespace tomada::plugin {

Lane::Lane(std::size_t width, std::size_t queue_limit, Onward onward)
    : width_{width}, queue_limit_{queue_limit}, onward_{std::move(onward)} {}

bool Lane::enter(Work work) {
  {
    const std::lock_guard lock{mutex_};
    if (running_ == width_) {
      if (waiting_.size() >= queue_limit_) return false;
      waiting_.push_back(std::move(work));
      return true;
    }
    ++running_;
  }
  if (start(std::move(work))) return true;
  leave();
  return false;
}

void Lane::leave() {
  for (;;) {
    Work next;
    {
      const std::lock_guard lock{mutex_};
      if (waiting_.empty()) {
        --running_;
        return;
      }
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    const auto refuse = next.refuse;
    if (start(std::move(next))) return;
    refuse();  // after the failed start, so that it may drop what the work holds on to
  }
}

bool Lane::start(Work work) {
  auto refuse = [this, refuse = std::move(work.refuse)] {
    leave();
    refuse();  // last: what owns this lane may end with it
  };
  return onward_({std::move(work.run), std::move(refuse)});
}

}  // namespace tomada::plugin
