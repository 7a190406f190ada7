#pragma once
// What the host's metrics say about the machine, in the host's own health vocabulary. Only for what the report lacks.
#include <tomada/plugin.hpp>

#include <optional>
#include <string>

namespace tomada::health_plugin {

namespace json = boost::json;

struct Thresholds {  // from the instance's section; plugin.json has the defaults
  double memory_degraded = 85, memory_unhealthy = 95;
  double disk_degraded = 85, disk_unhealthy = 95;
  double response_degraded_ms = 2'000, response_unhealthy_ms = 5'000;
};

[[nodiscard]] Thresholds read_thresholds(const json::object& config);

struct Figures {  // absent: the host has no such metric
  std::optional<double> memory_percent, disk_percent, response_ms;
};

[[nodiscard]] Figures read_figures(const sdk::Host& host);
[[nodiscard]] json::object machine_components(const Figures& figures, const Thresholds& thresholds);
// {"memory": {"status", "reason"?, "next_step"?, "critical", "details"}, "disk": …, "response_time": …}

}  // namespace tomada::health_plugin
