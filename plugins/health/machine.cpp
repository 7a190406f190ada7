#include "machine.hpp"

#include <cmath>

namespace tomada::health_plugin {
namespace {

struct Face {
  const char* what;    // "the memory of the machine is"
  const char* detail;  // member of details
  const char* unit;
  const char* next_step;
};

std::string rounded(double value) { return std::to_string(std::llround(value)); }

json::object component(const Face& face, double value, double degraded, double unhealthy) {
  json::object out{{"status", value >= unhealthy ? "unhealthy" : value >= degraded ? "degraded" : "healthy"}};
  if (value >= degraded) {
    out["reason"] = std::string(face.what) + " " + rounded(value) + face.unit + ", the limit is " +
                    rounded(value >= unhealthy ? unhealthy : degraded) + face.unit;
    out["next_step"] = face.next_step;
  }
  out["critical"] = false;
  out["details"] = json::object{{face.detail, std::round(value * 10) / 10}};
  return out;
}

std::optional<double> percent(std::optional<double> ratio) {
  if (!ratio) return std::nullopt;
  return *ratio * 100;
}

}  // namespace

Thresholds read_thresholds(const json::object& config) {
  Thresholds out;
  const auto read = [&config](const char* key, double& field) {
    if (const auto* found = config.if_contains(key); found && found->is_number()) field = found->to_number<double>();
  };
  read("memory_degraded_percent", out.memory_degraded);
  read("memory_unhealthy_percent", out.memory_unhealthy);
  read("disk_degraded_percent", out.disk_degraded);
  read("disk_unhealthy_percent", out.disk_unhealthy);
  read("response_degraded_ms", out.response_degraded_ms);
  read("response_unhealthy_ms", out.response_unhealthy_ms);
  return out;
}

Figures read_figures(const sdk::Host& host) {
  Figures out;
  out.memory_percent = percent(host.metric("tomada_system_memory_ratio"));
  out.disk_percent = percent(host.metric("tomada_system_disk_ratio"));
  if (const auto seconds = host.metric("tomada_response_time_seconds")) out.response_ms = *seconds * 1'000;
  return out;
}

json::object machine_components(const Figures& figures, const Thresholds& thresholds) {
  json::object out;
  if (figures.memory_percent) {
    out["memory"] =
        component({"memory use is at", "percent", " %", "stop what is not needed or give the machine more memory"},
                  *figures.memory_percent, thresholds.memory_degraded, thresholds.memory_unhealthy);
  }
  if (figures.disk_percent) {
    out["disk"] =
        component({"the disk is used to", "percent", " %", "free space on the file system of the state folder"},
                  *figures.disk_percent, thresholds.disk_degraded, thresholds.disk_unhealthy);
  }
  if (figures.response_ms) {
    out["response_time"] = component(
        {"calls take", "milliseconds", " ms", "look at the slowest upstream: its component says what it does"},
        *figures.response_ms, thresholds.response_degraded_ms, thresholds.response_unhealthy_ms);
  }
  return out;
}

}  // namespace tomada::health_plugin
