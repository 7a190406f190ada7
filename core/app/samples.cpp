#include "core/app/samples.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tomada::app {
namespace {

struct Alias {
  std::string_view name, metric;
  double factor;
};
constexpr Alias aliases[] = {{"memory_percent", "tomada_system_memory_ratio", 100},
                             {"cpu_percent", "tomada_system_cpu_ratio", 100},
                             {"disk_percent", "tomada_system_disk_ratio", 100},
                             {"disk_usage", "tomada_system_disk_ratio", 100},
                             {"active_connections", "tomada_system_connections", 1},
                             {"api_failures", "tomada_upstream_unanswered_questions", 1}};

std::optional<double> sample(const metrics::Registry& metrics, const dispatch::Measure& measure,
                             std::string_view name) {
  if (name == "response_time_ms") return measure.recent_milliseconds();
  for (const auto& alias : aliases) {
    if (name != alias.name) continue;
    const auto value = metrics.value(alias.metric);
    return value ? std::optional{*value * alias.factor} : std::nullopt;
  }
  return metrics.value(name);
}

}  // namespace

alerts::Sampler sampler(const metrics::Registry& metrics, const dispatch::Measure& measure) {
  return [&metrics, &measure](std::string_view name) { return sample(metrics, measure, name); };
}

alerts::MetricNames metric_names(const metrics::Registry& metrics) {
  return [&metrics] {
    std::vector<std::string> names{"response_time_ms"};
    for (const auto& alias : aliases) names.emplace_back(alias.name);
    for (auto& name : metrics.names()) names.push_back(std::move(name));
    return names;
  };
}

}  // namespace tomada::app
