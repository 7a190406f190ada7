#pragma once
// Lane: at most `width` pieces of work at once, the rest in a bounded queue. One per plugin bounds its share of the
// worker pool before a thread is taken; one of width 1 makes a tool serial.
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace tomada::plugin {

struct Work {
  std::function<void()> run;     // somebody must call leave() when it is done
  std::function<void()> refuse;  // it was queued, and then there was no room to run it
};

class Lane final {
 public:
  using Onward = std::function<bool(Work)>;  // where work runs; false: no room, nothing of it will be called

  Lane(std::size_t width, std::size_t queue_limit, Onward onward);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  [[nodiscard]] bool enter(Work work);  // false: full, nothing of it will be called
  void leave();                         // a piece of work that ran is done: the next one starts

 private:
  [[nodiscard]] bool start(Work work);

  const std::size_t width_, queue_limit_;
  const Onward onward_;
  std::mutex mutex_;  // guards the two below; never held while work is started
  std::deque<Work> waiting_;
  std::size_t running_ = 0;
};

}  // namespace tomada::plugin
