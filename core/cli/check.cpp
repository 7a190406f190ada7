// As much as can be looked at is looked at: a file with mistakes is read as far as it is sound, so that its plugin
// sections are told too; nobody is connected to for it then.
#include "core/cli/check.hpp"

#include "core/app/convert.hpp"
#include "core/app/paths.hpp"
#include "core/app/server.hpp"
#include "core/app/shared_cache.hpp"
#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/cli/one_call.hpp"
#include "core/sql/databases.hpp"
#include "core/upstream/reach.hpp"
#include "core/upstream/url.hpp"
#include "transports/http/address.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <system_error>
#include <unistd.h>

namespace tomada::cli {
namespace {

constexpr Milliseconds connect_patience{2'000}, probe_patience{10'000};

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
  [[nodiscard]] bool is_good() const noexcept { return exit_code_ == exit_ok; }
  [[nodiscard]] int conclude() const { return is_good() ? exit_ok : fail(worst_); }

 private:
  static int rank(int code) noexcept {
    if (code == exit_ok) return 0;
    if (code == exit_unreachable) return 1;
    return code == exit_configuration ? 3 : 2;
  }
  int exit_code_ = exit_ok;
  Error worst_;
};

// What the log would do at a start, without leaving a file behind.
Result<void> check_log_file(const config::Config& config) {
  const auto& file = config.log_file;
  if (file.empty()) return {};
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  int code = descriptor < 0 ? errno : 0;
  if (descriptor >= 0) ::close(descriptor);
  if (code == ENOENT) {
    const auto folder = std::filesystem::path{file}.parent_path().string();
    code = ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
  }
  if (code == 0) return {};
  return failure(ErrorCode::system,
                 text::concat({"log_file: ", file, " cannot be written: ", std::generic_category().message(code)}),
                 config.where("/log_file"), "name a file in a folder this user may write to");
}

void check_listeners(const config::Config& config, Findings& findings) {
  const auto check = [&](const std::string& address, std::string_view pointer) {
    const auto parsed = http::parse_listen(address);
    if (parsed) return;
    auto problem = parsed.error();
    if (!config.source.empty()) problem.where = config.where(pointer);
    findings.problem(problem);
  };
  check(config.http.listen, "/http/listen");
  if (!config.http.metrics_listen.empty()) check(config.http.metrics_listen, "/http/metrics_listen");
  if (const auto certificate = app::read_certificate(config); !certificate) findings.problem(certificate.error());
}

struct Reached {
  std::string name, place;
  std::future<Result<void>> result;
};

// All at once: the slowest one is waited for, not the sum of them.
std::vector<Reached> reach_all(const std::map<std::string, upstream::UpstreamOptions>& services,
                               const std::map<std::string, sql::Options>& databases) {
  std::vector<Reached> out;
  for (const auto& each : services) {
    const auto connect = [&options = each.second] { return upstream::reach(options, connect_patience); };
    const auto url = upstream::parse_url(each.second.url);
    out.push_back({each.first, url ? url->origin() : "", std::async(std::launch::async, connect)});
  }
  for (const auto& each : databases) {
    const auto connect = [&options = each.second] {
      return sql::reach(options, app::default_modules(), connect_patience);
    };
    const auto place = sql::parse_place(each.second.url);
    out.push_back({each.first, place ? place->text() : "", std::async(std::launch::async, connect)});
  }
  return out;
}

void check_upstreams(const config::Config& config, Findings& findings) {
  const auto services = app::upstream_options(config);
  const auto databases = app::database_options(config);
  for (auto& [name, place, result] : reach_all(services, databases)) {
    const auto reached = result.get();
    if (reached) {
      const std::string_view does = databases.contains(name) ? " answers" : " accepts connections";
      findings.good(text::concat({"upstream.", name, ": ", place, does}));
      continue;
    }
    findings.problem(failure(reached.error().code, text::concat({"upstream.", name, ": ", reached.error().message}),
                             config.where("/upstream/" + name), reached.error().hint));
  }
}

void check_redis(const config::Config& config, Findings& findings) {
  if (config.redis.url.empty()) return;
  const auto tried = app::try_redis(config.redis);
  if (tried) return findings.good(text::concat({"cache.redis: ", config.redis.url, " answers"}));
  const auto& why = tried.error();
  findings.problem(failure(why.code == ErrorCode::system ? why.code : ErrorCode::unreachable,
                           text::concat({"cache.redis: ", why.message}), config.where("/cache/redis"), why.hint));
}

// ", of which erp_create_payable may write": whoever checks a configuration wants to know.
std::string writing_tools(app::Server& server, const std::vector<std::string>& tools) {
  std::vector<std::string> names;
  for (const auto& name : tools) {
    const auto tool = server.dispatcher().catalogue()->find(name);
    if (tool && !tool->description().annotations.is_read_only) names.push_back(name);
  }
  return names.empty() ? std::string{} : text::concat({", of which ", text::join(names, ", "), " may write"});
}

void check_plugins(app::Server& server, Findings& findings) {
  for (const auto& status : server.plugins()) {
    if (status.state == "refused") continue;  // told by its component, or as a problem of the configuration
    findings.good(text::concat({"plugin.", status.instance, ": ", status.id, " ", status.version, ", ",
                                std::to_string(status.tools.size()), " tools", writing_tools(server, status.tools)}));
  }
}

void check_health(app::Server& server, Findings& findings) {
  for (const auto& component : server.health().report().components) {
    const auto& condition = component.condition;
    if (condition.status == health::Status::healthy) {
      findings.good(component.name);
    } else if (condition.status == health::Status::degraded) {  // it works, and there is something to do
      say("degraded", failure(ErrorCode::system, condition.reason, component.name, condition.next_step));
    } else {
      const auto code = component.name.starts_with("upstream.") ? ErrorCode::unreachable : ErrorCode::system;
      findings.problem(failure(code, condition.reason, component.name, condition.next_step));
    }
  }
}

// The self tests that manifests name: only a question shows whether an upstream's keys are right.
void check_probes(app::Server& server, Findings& findings) {
  const auto& config = server.settings().config;
  const auto principal = std::make_shared<const Principal>(Principal{"check", "default", {"default", "local"}});
  const auto deadline = server.clock().steady_now() + probe_patience;
  std::vector<std::pair<plugin::Status, std::future<registry::Outcome>>> pending;
  for (const auto& status : server.plugins()) {
    if (status.state != "loaded" || !status.probe) continue;
    pending.emplace_back(status, ask(server, {status.probe->tool, status.probe->arguments, principal, deadline}));
  }
  for (auto& [status, answer] : pending) {
    const auto outcome = answer.get();
    const auto what = text::concat({"plugin.", status.instance, ": ", status.probe->tool});
    if (outcome.kind == registry::OutcomeKind::result) {
      findings.good(what + " answers");
    } else if (outcome.kind == registry::OutcomeKind::unknown_tool) {  // [role.local] and [role.default] forbid it
      std::printf("%-9s %s is not asked: no role may use it\n", "skipped", what.c_str());
    } else {
      const auto place = config.where("/plugin/" + status.instance);
      findings.problem(failure(ErrorCode::unreachable, text::concat({what, ": ", outcome.message}), place));
    }
  }
}

void check_server(app::Settings settings, bool is_sound, Findings& findings) {
  if (const auto log_file = check_log_file(settings.config); !log_file) findings.problem(log_file.error());
  check_listeners(settings.config, findings);
  settings.config.log_file = "/dev/null";  // the findings say it all
  std::vector<Error> problems;
  const auto server = app::Server::build(std::move(settings), &problems);
  for (const auto& problem : problems) findings.problem(problem);
  if (!server) return findings.problem(server.error());
  check_plugins(**server, findings);
  if (!is_sound || !problems.empty()) return;
  check_upstreams((*server)->settings().config, findings);
  check_redis((*server)->settings().config, findings);
  check_health(**server, findings);
  check_probes(**server, findings);
}

}  // namespace

int check(const Words& words) {
  Findings findings;
  const auto& file = words.overrides.config;
  auto reading = file.empty() ? config::Reading{config::defaults(), {}} : config::examine(file);
  for (const auto& problem : reading.problems) findings.problem(problem);
  const bool is_sound = reading.problems.empty();
  if (!file.empty() && is_sound) findings.good("configuration " + file);
  const bool is_readable = file.empty() || !reading.config.source.empty();
  if (is_readable) check_server(app::settle(words.overrides, std::move(reading.config)), is_sound, findings);
  return findings.conclude();
}

}  // namespace tomada::cli
