#include "core/app/samples.hpp"

namespace tomada::app {
namespace {

struct Percent {
  std::string_view name, metric;
};
constexpr Percent percents[] = {{"memory_percent", "tomada_system_memory_ratio"},
                                {"cpu_percent", "tomada_system_cpu_ratio"},
                                {"disk_percent", "tomada_system_disk_ratio"}};

std::optional<double> sample(const metrics::Registry& metrics, const dispatch::Measure& measure,
                             std::string_view name) {
  if (name == "response_time_ms") return measure.recent_milliseconds();
  if (name == "api_failures") return metrics.value("tomada_upstream_unanswered_questions");
  for (const auto& percent : percents) {
    if (name != percent.name) continue;
    const auto ratio = metrics.value(percent.metric);
    return ratio ? std::optional{*ratio * 100} : std::nullopt;
  }
  return metrics.value(name);
}

}  // namespace

alerts::Sampler sampler(const metrics::Registry& metrics, const dispatch::Measure& measure) {
  return [&metrics, &measure](std::string_view name) { return sample(metrics, measure, name); };
}

}  // namespace tomada::app
