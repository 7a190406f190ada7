#pragma once
// Alarm: a thread that looks after what falls due, asleep until the nearest time that somebody named.
#include "core/base/clock.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace tomada {

class Alarm final {
 public:
  using Look = std::function<std::optional<SteadyTime>()>;  // does what is due; when to look again, if ever

  Alarm(const Clock& clock, Look look) : clock_{clock}, look_{std::move(look)} {}

  void start();                   // before it, nobody looks
  void wake_at(SteadyTime when);  // [any thread] look then, or earlier
  void stop();                    // no look is under way when it returns; none follows

 private:
  void watch(const std::stop_token& stop);

  const Clock& clock_;
  const Look look_;
  std::mutex mutex_;  // guards the three below
  std::condition_variable_any changed_;
  SteadyTime next_ = SteadyTime::max();
  bool is_started_ = false;
  std::jthread thread_;  // begun with the first time to wake at; last: it uses everything above
};

}  // namespace tomada
