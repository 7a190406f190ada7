#include "core/base/text.hpp"
#include "core/services/services.hpp"

namespace tomada::services {
namespace {

std::string text_of(const json::object& report, std::string_view name) {
  const auto* found = json::find_string(report, name);
  return found ? text::one_line(json::view(*found)) : std::string{};
}

}  // namespace

health::Condition condition(const json::object& report) {
  health::Condition out;
  const auto status = text_of(report, "status");
  out.reason = text_of(report, "reason");
  out.next_step = text_of(report, "next_step");
  if (const auto* details = json::find_object(report, "details")) out.details = *details;
  if (status == health::name(health::Status::healthy)) return out;
  out.status = status == health::name(health::Status::unhealthy) ? health::Status::unhealthy : health::Status::degraded;
  if (out.reason.empty()) out.reason = "it gives no reason";
  if (out.next_step.empty()) out.next_step = "look at the server's log for this plugin";
  return out;
}

}  // namespace tomada::services
