#pragma once
// Engine: alert rules, their evaluation on a timer, and the delivery of what changed.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/health/health.hpp"
#include "core/json/value.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/storage/leader.hpp"
#include "core/storage/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::alerts {

struct Receiver {
  std::string kind;  // "log", "webhook"
  std::string url;
};

// What rules may watch, the names that people know first.
using MetricNames = std::function<std::vector<std::string>()>;

struct Options {
  Milliseconds interval{15'000};
  std::map<std::string, Receiver> receivers;  // by the channel name that rules use: "log", "slack", "email", …
  MetricNames metric_names{};                 // absent: rules may watch anything
};

// Reads a sample by its name in rules ("memory_percent", "api_failures", "response_time_ms", …); nullopt: no data.
using Sampler = std::function<std::optional<double>(std::string_view metric)>;

class Engine final {
 public:
  Engine(Options options, storage::Store& store, storage::Leader& leader, Sampler sampler, const Clock& clock,
         log::Logger& log, metrics::Registry& metrics, health::Board& health);
  ~Engine();

  void start();     // the timer thread; only the leader evaluates and delivers
  void stop();      // joins
  void evaluate();  // one round now, for tests

  [[nodiscard]] Result<json::object> request(std::string_view operation, const json::object& arguments,
                                             std::string_view subject);
  // operations and shapes: core/alerts/README.md. A success is durable before it returns. [any thread]

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the health probe while it runs
};

}  // namespace tomada::alerts
