#include "core/cli/inspect.hpp"

#include "core/base/text.hpp"
#include "core/cli/clients.hpp"
#include "core/cli/failure.hpp"

#include <cstdio>

namespace tomada::cli {
namespace {

json::object as_json(const plugin::Status& status) {
  json::object out{
      {"instance", status.instance}, {"file", status.file},   {"id", status.id},
      {"version", status.version},   {"state", status.state}, {"tools", boost::json::value_from(status.tools)}};
  if (!status.reason.empty()) out["reason"] = status.reason;
  if (!status.hint.empty()) out["next_step"] = status.hint;
  return out;
}

void say(std::string_view mark, const Error& problem) {
  std::printf("%-9s %s\n", std::string{mark}.c_str(), problem.text().c_str());
}

// The worst problem decides the exit code: what the configuration says, then what the machine refuses, then upstreams.
class Findings {
 public:
  void problem(const Error& error) {
    say("problem", error);
    const int code = exit_code(error.code);
    if (rank(code) <= rank(exit_code_)) return;
    exit_code_ = code;
    worst_ = error;
  }
  void good(const std::string& what) { std::printf("%-9s %s\n", "ok", what.c_str()); }
  [[nodiscard]] int conclude() const { return exit_code_ == exit_ok ? exit_ok : fail(worst_); }

 private:
  static int rank(int code) noexcept {
    if (code == exit_ok) return 0;
    if (code == exit_unreachable) return 1;
    return code == exit_configuration ? 3 : 2;
  }
  int exit_code_ = exit_ok;
  Error worst_;
};

void check_parts(app::Server& server, Findings& findings) {
  for (const auto& status : server.plugins()) {
    if (status.state == "refused") continue;  // told by its component below
    findings.good(text::concat({"plugin.", status.instance, ": ", status.id, " ", status.version, ", ",
                                std::to_string(status.tools.size()), " tools"}));
  }
  for (const auto& component : server.health().report().components) {
    const auto& condition = component.condition;
    if (condition.status == health::Status::healthy) {
      findings.good(component.name);
      continue;
    }
    if (condition.status == health::Status::degraded) {  // it works, and there is something to do
      say("degraded", failure(ErrorCode::system, condition.reason, component.name, condition.next_step));
      continue;
    }
    const bool is_upstream = component.name.rfind("upstream.", 0) == 0;
    findings.problem(failure(is_upstream ? ErrorCode::unreachable : ErrorCode::system, condition.reason, component.name,
                             condition.next_step));
  }
}

}  // namespace

int list_plugins(app::Server& server, const Words& words) {
  if (words.is_json) {
    json::array out;
    for (const auto& status : server.plugins()) out.push_back(as_json(status));
    std::printf("%s\n", pretty(json::object{{"plugins", std::move(out)}}).c_str());
    return exit_ok;
  }
  for (const auto& status : server.plugins()) {
    std::printf("%-12s %-10s %-8s %s\n", status.instance.c_str(), status.version.c_str(), status.state.c_str(),
                status.state == "refused" ? (status.reason + " (" + status.hint + ")").c_str()
                                          : text::join(status.tools, " ").c_str());
  }
  return exit_ok;
}

int check(const Words& words) {
  Findings findings;
  const auto& file = words.overrides.config;
  if (!file.empty()) {
    const auto problems = config::check(file);
    for (const auto& problem : problems) findings.problem(problem);
    if (!problems.empty()) return findings.conclude();
    findings.good("configuration " + file);
  }
  auto overrides = words.overrides;
  if (overrides.log_level.empty()) overrides.log_level = "error";  // the findings say it all
  auto settings = app::settle(overrides);
  if (!settings) {
    findings.problem(settings.error());
    return findings.conclude();
  }
  auto server = app::Server::build(std::move(*settings));
  if (!server) {
    findings.problem(server.error());
    return findings.conclude();
  }
  check_parts(**server, findings);
  return findings.conclude();
}

}  // namespace tomada::cli
