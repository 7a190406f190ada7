// Labels come from closed sets: known methods, published revisions, tools of the catalogue, codes of the protocol.
// What a client invents is counted as "other".
#include "core/session/meter.hpp"

#include "core/jsonrpc/error.hpp"

#include <algorithm>
#include <array>
#include <mutex>

namespace tomada::session {
namespace {

using protocol::Ending;
using protocol::Report;

constexpr std::array<std::string_view, 20> known_methods{"tools/call",
                                                         "tools/list",
                                                         "prompts/list",
                                                         "prompts/get",
                                                         "resources/list",
                                                         "resources/templates/list",
                                                         "resources/read",
                                                         "resources/subscribe",
                                                         "resources/unsubscribe",
                                                         "completion/complete",
                                                         "subscriptions/listen",
                                                         "tasks/get",
                                                         "tasks/update",
                                                         "tasks/cancel",
                                                         "logging/setLevel",
                                                         "server/discover",
                                                         "initialize",
                                                         "ping",
                                                         "notifications/initialized",
                                                         "notifications/cancelled"};

// Most calls end below 10 ms, where the customary first bucket would swallow them all.
constexpr std::array<double, 20> seconds_bounds{
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300};

std::string_view method_label(std::string_view method) noexcept {
  const auto found = std::find(known_methods.begin(), known_methods.end(), method);
  return found == known_methods.end() ? std::string_view{"other"} : *found;
}

std::string error_type(const Report& report) {
  if (report.code != 0) return std::to_string(report.code);
  if (report.ending == Ending::answered) return {};
  return std::string{protocol::name(report.ending)};
}

bool is_refused_frame(const Report& report) noexcept {
  using jsonrpc::Code;
  constexpr std::array refused{Code::parse_error, Code::invalid_request, Code::header_mismatch,
                               Code::unsupported_version};
  const auto is_it = [&](Code code) { return static_cast<int>(code) == report.code; };
  return std::any_of(refused.begin(), refused.end(), is_it);
}

log::Level level_of(const Report& report) noexcept {
  if (report.code == static_cast<int>(jsonrpc::Code::internal_error)) return log::Level::error;
  return is_refused_frame(report) ? log::Level::warning : log::Level::debug;
}

}  // namespace

void Meter::ended(const Report& report) noexcept {
  const double seconds = std::chrono::duration<double>(clock_.steady_now() - report.started).count();
  try {
    const auto found = instruments(report);
    found.requests->add();
    found.duration->observe(seconds);
  } catch (const std::exception& lost) {
    log_.error("a request could not be counted", {{"problem", std::string_view{lost.what()}}});
  }
  write_log(report, seconds);
}

Meter::Instruments Meter::instruments(const Report& report) {
  static thread_local std::string key;
  key.clear();
  key.append(method_label(report.method)).append("\n").append(report.tool).append("\n").append(report.protocol);
  key.append("\n").append(report.era).append("\n").append(report.transport).push_back('\n');
  key.push_back(static_cast<char>('0' + static_cast<int>(report.ending)));
  if (report.code != 0) key.append(std::to_string(report.code));
  {
    const std::shared_lock lock{mutex_};
    if (const auto found = known_.find(std::string_view{key}); found != known_.end()) return found->second;
  }
  const auto made = make(report);
  const std::unique_lock lock{mutex_};
  return known_.emplace(key, made).first->second;
}

Meter::Instruments Meter::make(const Report& report) {
  const std::string method{method_label(report.method)};
  auto& requests = metrics_.counter(
      "tomada_requests_total", "Frames received, by how they ended.",
      {{"method", method}, {"era", std::string{report.era}}, {"outcome", std::string{protocol::name(report.ending)}}});
  auto& duration =
      metrics_.histogram("mcp_server_operation_duration_seconds", "Time from a frame to its answer.", seconds_bounds,
                         {{"mcp_method_name", method},
                          {"gen_ai_tool_name", std::string{report.tool}},
                          {"error_type", error_type(report)},
                          {"network_transport", report.transport == "stdio" ? "pipe" : "tcp"},
                          {"mcp_protocol_version", std::string{report.protocol}}});
  return {&requests, &duration};
}

void Meter::write_log(const Report& report, double seconds) noexcept {
  const auto level = level_of(report);
  if (!log_.is_on(level)) return;
  const std::string_view message = level == log::Level::debug     ? "request"
                                   : level == log::Level::warning ? "frame refused"
                                                                  : "request failed";
  log_.write(level, message,
             {{"method", report.method},
              {"tool", report.tool},
              {"protocol", report.protocol},
              {"transport", report.transport},
              {"outcome", protocol::name(report.ending)},
              {"code", static_cast<std::int64_t>(report.code)},
              {"problem", report.problem},
              {"duration_ms", seconds * 1000},
              {"correlation", report.correlation}});
}

}  // namespace tomada::session
