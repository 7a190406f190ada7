#pragma once
// Pulse: looks at the health of everything every few seconds, so that a component's "since" is when it began and not
// when somebody first asked, and so that metrics show the same.
#include "core/health/health.hpp"
#include "core/metrics/metrics.hpp"

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace tomada::app {

class Pulse final {
 public:
  Pulse(const health::Board& health, metrics::Registry& metrics) : health_{health}, metrics_{metrics} {}

  void start();  // on a thread of its own, until the pulse dies
  void look();   // tomada_health{component="…"}: 0 healthy, 1 degraded, 2 unhealthy

 private:
  using Shown = std::shared_ptr<std::atomic<int>>;
  void beat(const std::stop_token& stop);

  const health::Board& health_;
  metrics::Registry& metrics_;
  std::map<std::string, Shown> shown_;
  std::mutex mutex_;  // only for the waiting
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace tomada::app
