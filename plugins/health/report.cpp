#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <vector>

namespace tomada::health_plugin {
namespace {

json::string_view boost_view(std::string_view text) { return {text.data(), text.size()}; }

std::string text_of(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(boost_view(key));
  return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

bool is_critical(const json::object& component) {
  const auto* found = component.if_contains("critical");
  return found && found->is_bool() && found->get_bool();
}

int badness(std::string_view status) { return status == "healthy" ? 0 : status == "degraded" ? 1 : 2; }

bool is_wanted(std::string_view name, std::string_view filter) {
  if (filter.empty() || name == filter) return true;
  return name.size() > filter.size() && name.starts_with(filter) && name[filter.size()] == '.';
}

std::string utc(std::int64_t unix_ms) {
  const auto seconds = static_cast<std::time_t>(unix_ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[32];
  return {out, std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::vector<json::object> sorted(const json::object& host_report) {
  std::vector<json::object> out;
  const auto* components = host_report.if_contains("components");
  if (!components || !components->is_object()) return out;
  for (const auto& [name, component] : components->get_object()) {
    json::object named{{"name", name}};
    for (const auto& [key, value] : component.as_object()) named[key] = value;
    out.push_back(std::move(named));
  }
  const auto is_before = [](const json::object& a, const json::object& b) {
    const int left = badness(text_of(a, "status")), right = badness(text_of(b, "status"));
    return left != right ? left > right : text_of(a, "name") < text_of(b, "name");
  };
  std::sort(out.begin(), out.end(), is_before);
  return out;
}

[[noreturn]] void refuse(std::string_view filter, const std::vector<json::object>& components) {
  std::string known;
  for (const auto& component : components) known += (known.empty() ? "" : ", ") + text_of(component, "name");
  throw sdk::ToolError{"there is no component \"" + std::string(filter) + "\"; known: " + known};
}

}  // namespace

json::object facts(const json::object& host_report, std::string_view filter, Moment moment) {
  const auto components = sorted(host_report);
  json::array shown;
  int counts[3] = {0, 0, 0};
  double points = 0, weight = 0;
  for (const auto& component : components) {
    if (!is_wanted(text_of(component, "name"), filter)) continue;
    const int bad = badness(text_of(component, "status"));
    const double heft = is_critical(component) ? 2 : 1;
    ++counts[bad];
    points += heft * (100 - 50 * bad);
    weight += heft;
    shown.push_back(component);
  }
  if (shown.empty() && !filter.empty()) refuse(filter, components);
  return {{"status", text_of(host_report, "status")},
          {"score", weight > 0 ? static_cast<std::int64_t>(std::floor(points / weight)) : 100},
          {"checked_at", utc(moment.now_ms)},
          {"uptime_seconds", std::max<std::int64_t>(0, (moment.now_ms - moment.started_at_ms) / 1000)},
          {"summary", {{"healthy", counts[0]}, {"degraded", counts[1]}, {"unhealthy", counts[2]}}},
          {"components", std::move(shown)}};
}

std::string words(const json::object& facts) {
  std::string out =
      "The server is " + text_of(facts, "status") + " (score " + std::to_string(facts.at("score").as_int64()) + ").";
  std::string well;
  for (const auto& value : facts.at("components").as_array()) {
    const auto& component = value.as_object();
    const std::string name = text_of(component, "name"), status = text_of(component, "status");
    if (status == "healthy") {
      well.append(well.empty() ? "" : ", ").append(name);
      continue;
    }
    out.append("\n- ").append(name).append(" is ").append(status);
    if (const auto since = text_of(component, "since"); !since.empty()) out += " since " + since;
    if (const auto reason = text_of(component, "reason"); !reason.empty()) out += ": " + reason;
    if (const auto step = text_of(component, "next_step"); !step.empty()) out += ". Next: " + step;
  }
  return well.empty() ? out : out + "\nHealthy: " + well + ".";
}

}  // namespace tomada::health_plugin
