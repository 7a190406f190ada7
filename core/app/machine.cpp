#include "core/app/machine.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"

#include <cmath>

namespace tomada::app {
namespace {

using health::Condition;
using health::Status;

struct Gauge {
  const char* component;
  const char* metric;
  double scale;  // from the metric's unit to the one shown
  const char* what;
  const char* detail;
  const char* unit;
  const char* next_step;
};
constexpr Gauge memory{"memory",
                       "tomada_system_memory_ratio",
                       100,
                       "memory use is at ",
                       "percent",
                       " %",
                       "stop what is not needed or give the machine more memory"};
constexpr Gauge disk{"disk",
                     "tomada_system_disk_ratio",
                     100,
                     "the disk is used to ",
                     "percent",
                     " %",
                     "free space on the file system of the state folder"};
constexpr Gauge response_time{"response_time",
                              "tomada_response_time_seconds",
                              1'000,
                              "calls take ",
                              "milliseconds",
                              " ms",
                              "look at the slowest upstream: its component says what it does"};

std::string rounded(double value) { return std::to_string(std::llround(value)); }

Condition condition(const metrics::Registry& metrics, const Gauge& gauge, double degraded, double unhealthy) {
  Condition out;
  const auto read = metrics.value(gauge.metric);
  if (!read) {
    out.details["measured"] = false;  // the plugin that measures it is not loaded
    return out;
  }
  const double value = *read * gauge.scale;
  out.details[gauge.detail] = std::round(value * 10) / 10;
  if (value < degraded) return out;
  out.status = value >= unhealthy ? Status::unhealthy : Status::degraded;
  out.reason = text::concat({gauge.what, rounded(value), gauge.unit, ", the limit is ",
                             rounded(value >= unhealthy ? unhealthy : degraded), gauge.unit});
  out.next_step = gauge.next_step;
  return out;
}

}  // namespace

Thresholds thresholds(const config::Config& config) {
  Thresholds out;
  const auto found = config.plugins.find("health");
  if (found == config.plugins.end()) return out;
  const auto read = [&](const char* key, double& into) {
    if (const auto* value = json::find(found->second.settings, key); value && value->is_number()) {
      into = value->to_number<double>();
    }
  };
  read("memory_degraded_percent", out.memory_degraded_percent);
  read("memory_unhealthy_percent", out.memory_unhealthy_percent);
  read("disk_degraded_percent", out.disk_degraded_percent);
  read("disk_unhealthy_percent", out.disk_unhealthy_percent);
  read("response_degraded_ms", out.response_degraded_ms);
  read("response_unhealthy_ms", out.response_unhealthy_ms);
  return out;
}

void watch_machine(health::Board& health, const metrics::Registry& metrics, const Thresholds& limits,
                   health::Board::Owner owner) {
  const auto watch = [&](const Gauge& gauge, double degraded, double unhealthy) {
    const auto ask = [&metrics, &gauge, degraded, unhealthy] { return condition(metrics, gauge, degraded, unhealthy); };
    health.watch(gauge.component, false, ask, owner);
  };
  watch(memory, limits.memory_degraded_percent, limits.memory_unhealthy_percent);
  watch(disk, limits.disk_degraded_percent, limits.disk_unhealthy_percent);
  watch(response_time, limits.response_degraded_ms, limits.response_unhealthy_ms);
}

void forget_machine(health::Board& health, health::Board::Owner owner) {
  for (const Gauge* gauge : {&memory, &disk, &response_time}) health.forget(gauge->component, owner);
}

}  // namespace tomada::app
