#pragma once
// Watchdog: one thread that runs what is due, for work that has no deadline of its own.
#include "core/base/clock.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace tomada::upstream {

class Watchdog final {
 public:
  Watchdog();
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Runs `bite` once unless the watch is destroyed before. `bite` is short, never blocks, and never runs after the
  // watch is gone.
  class Watch final {
   public:
    Watch(Watchdog& dog, Milliseconds after, std::function<void()> bite);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Watchdog& dog_;
    std::pair<SteadyTime, std::uint64_t> key_;
  };

 private:
  void run();

  std::mutex mutex_;  // guards the four below; held while biting, so that a watch cannot end in between
  std::condition_variable changed_;
  std::map<std::pair<SteadyTime, std::uint64_t>, std::function<void()>> due_;
  std::uint64_t next_ = 0;
  bool is_closing_ = false;

  std::thread thread_;
};

}  // namespace tomada::upstream
