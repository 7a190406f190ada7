#pragma once
// The host's health report as one answer.
#include <tomada/plugin.hpp>

#include <string>
#include <string_view>

namespace tomada::health_plugin {

namespace json = boost::json;

struct Moment {
  std::int64_t now_ms = 0, started_at_ms = 0;
};

[[nodiscard]] json::object facts(const json::object& host_report, std::string_view filter, Moment moment);
// host_report as /health/detailed shows it. filter: "" all, "upstream.omie" one, "upstream" every upstream.*. Throws
// sdk::ToolError naming the known components when none is left.

[[nodiscard]] std::string words(const json::object& facts);

}  // namespace tomada::health_plugin
