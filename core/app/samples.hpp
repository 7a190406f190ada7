#pragma once
// Samples: what the names in alert rules mean.
#include "core/alerts/engine.hpp"
#include "core/dispatch/stages/measure.hpp"
#include "core/metrics/metrics.hpp"

namespace tomada::app {

[[nodiscard]] alerts::Sampler sampler(const metrics::Registry& metrics, const dispatch::Measure& measure);
// memory_percent, cpu_percent, disk_percent (disk_usage): of the machine, 0 to 100. active_connections: its sockets.
// api_failures: questions in a row that an upstream left unanswered. response_time_ms: mean of the last minute's calls.
// Any other name: the metric of that name, summed over its labels.
[[nodiscard]] alerts::MetricNames metric_names(const metrics::Registry& metrics);  // all that sampler() knows now

}  // namespace tomada::app
