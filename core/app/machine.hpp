#pragma once
// Machine: memory, disk and response time as components of the one health model, from the metrics that plugins and the
// dispatcher publish.
#include "core/config/config.hpp"
#include "core/health/health.hpp"
#include "core/metrics/metrics.hpp"

namespace tomada::app {

struct Thresholds {  // [plugin.health] has them under these names
  double memory_degraded_percent = 85, memory_unhealthy_percent = 95;
  double disk_degraded_percent = 85, disk_unhealthy_percent = 95;
  double response_degraded_ms = 2'000, response_unhealthy_ms = 5'000;
};
[[nodiscard]] Thresholds thresholds(const config::Config& config);

void watch_machine(health::Board& health, const metrics::Registry& metrics, const Thresholds& limits,
                   health::Board::Owner owner);
void forget_machine(health::Board& health, health::Board::Owner owner);

}  // namespace tomada::app
