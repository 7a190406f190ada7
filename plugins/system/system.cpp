#include "system.hpp"

#include "system_definitions.hpp"

#include <utility>

namespace tomada::system {
namespace {

std::string text_or(const sdk::json::object& section, const char* key, std::string otherwise) {
  const auto* value = section.if_contains(key);
  return value && value->is_string() ? std::string{value->get_string()} : std::move(otherwise);
}

}  // namespace

Settings Settings::from(const sdk::json::object& section) {
  Settings settings;
  if (const auto* interval = section.if_contains("interval_ms"))
    settings.interval_ms = interval->to_number<std::int64_t>();
  settings.disk_path = text_or(section, "disk_path", settings.disk_path);
  settings.roots.proc = text_or(section, "proc_root", settings.roots.proc);
  settings.roots.sys = text_or(section, "sys_root", settings.roots.sys);
  return settings;
}

System::System(sdk::Host host)
    : host_{host},
      settings_{Settings::from(host.config())},
      server_{std::string{host.version()}, host.started_at_ms()},
      collector_{settings_.roots, settings_.disk_path},
      gauges_{host},
      sampler_{std::chrono::milliseconds{settings_.interval_ms}, [this] { take(); }} {}

sdk::Answer System::get_system_metrics(const sdk::json::object&, sdk::Call&) const {
  const auto prepared = newest();
  sdk::Answer answer;
  answer.structured_text = prepared->structured;
  answer.text = prepared->text;
  answer.source = "system";
  answer.age_ms = host_.steady_ms() - prepared->steady_ms;
  return answer;
}

sdk::json::object System::health() const {
  const auto prepared = newest();
  const auto age_ms = host_.steady_ms() - prepared->steady_ms;
  if (age_ms > 10 * settings_.interval_ms + 1000) {
    return {{"status", "degraded"},
            {"reason", "the newest sample of the system is " + std::to_string(age_ms / 1000) + " s old"},
            {"next_step", "look for a stalled file system or a machine out of memory, then restart the server"}};
  }
  if (!prepared->unreadable.empty()) {
    return {{"status", "degraded"},
            {"reason", "this system does not show " + prepared->unreadable.front()},
            {"next_step", "check disk_path, proc_root and sys_root of this plugin, and what the container mounts"}};
  }
  return {{"status", "healthy"}, {"details", sdk::json::object{{"sample_age_ms", age_ms}}}};
}

void System::take() {
  const auto steady_ms = host_.steady_ms();
  const auto sample = collector_.take(host_.unix_ms(), steady_ms);
  gauges_.publish(sample);
  auto prepared = std::make_shared<Prepared>();
  prepared->structured = sdk::write(report(sample, server_, settings_.disk_path));
  prepared->text = summary(sample, server_);
  prepared->steady_ms = steady_ms;
  prepared->unreadable = sample.unreadable;
  const std::lock_guard lock{mutex_};
  newest_ = std::move(prepared);
}

std::shared_ptr<const System::Prepared> System::newest() const {
  const std::lock_guard lock{mutex_};
  return newest_;
}

}  // namespace tomada::system

using tomada::sdk::tool;
using tomada::system::System;
TOMADA_PLUGIN(System, "tomada.system", "0.1.0",
              tool("get_system_metrics", definitions::get_system_metrics, &System::get_system_metrics,
                   TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_IDEMPOTENT | TOMADA_TOOL_INLINE));
