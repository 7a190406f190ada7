#include "core/cli/run.hpp"

#include "core/app/entrance.hpp"
#include "core/app/paths.hpp"
#include "core/app/server.hpp"
#include "core/app/signals.hpp"
#include "core/cli/cache.hpp"
#include "core/cli/check.hpp"
#include "core/cli/clients.hpp"
#include "core/cli/failure.hpp"
#include "core/cli/inspect.hpp"
#include "core/cli/keys.hpp"
#include "core/cli/scaffold.hpp"
#include "core/cli/serve.hpp"
#include "core/cli/tools.hpp"
#include "core/cli/words.hpp"
#include "core/json/indent.hpp"
#include "core/json/writer.hpp"
#include "transports/http/address.hpp"

#include <cstdio>
#include <exception>

namespace tomada::cli {
namespace {

// Over HTTP an authorisation server is found by the client itself; a process has its environment only.
bool needs_key(const config::Config& config, std::string_view via) {
  if (via != "http") return config.auth.is_required;
  const auto at = http::parse_listen(config.http.listen);
  return config.auth.oauth.issuer.empty() && app::wants_credentials(config, at && at->address().is_loopback());
}

Launch launch_of(const app::Overrides& overrides, const config::Config& config) {
  Launch out;
  out.program = app::executable();
  out.config = app::absolute(overrides.config);
  out.state = app::absolute(overrides.state);
  for (const auto& folder : overrides.plugins) out.plugins.push_back(app::absolute(folder));
  out.log_level = overrides.log_level;
  out.variables = config.variables;
  out.url = url_of(config.http.listen, !config.http.tls_certificate.empty());
  return out;
}

// A variable that only the client's environment will have is no reason to refuse here: it is said, with the rest.
int print_client(const Words& words) {
  const auto& file = words.overrides.config;
  const auto reading = file.empty() ? config::Reading{config::defaults(), {}} : config::examine(file);
  if (!file.empty() && reading.config.source.empty()) return fail(reading.problems.front());
  for (const auto& problem : reading.problems)
    std::fprintf(stderr, "The server will not start before this is mended: %s\n", problem.text().c_str());
  std::fprintf(stderr, "Put this into %s:\n", client_file(words.name).c_str());
  auto launch = launch_of(words.overrides, reading.config);
  launch.needs_key = needs_key(reading.config, words.via);
  if (launch.needs_key) std::fputs("It needs an API key: tomada keys add --name NAME makes one.\n", stderr);
  std::printf("%s\n", json::indented(json::text(client_configuration(words.name, words.via, launch))).c_str());
  return exit_ok;
}

int with_server(const Words& words) {
  auto overrides = words.overrides;
  const bool serves = words.command == Command::stdio || words.command == Command::http;
  if (!serves && overrides.log_level.empty()) overrides.log_level = "warning";  // one answer, not its making
  auto settings = app::settle(overrides);
  if (!settings) return fail(settings.error());
  auto server = app::Server::build(std::move(*settings));
  if (!server) return fail(server.error());
  switch (words.command) {
    case Command::stdio:
      return serve_stdio(**server);
    case Command::http:
      return serve_http(**server);
    case Command::tools_list:
      return list_tools(**server, words);
    case Command::tools_call:
      return call_tool(**server, words);
    default:
      return list_plugins(**server, words);
  }
}

int carry_out(const Words& words) {
  switch (words.command) {
    case Command::version:
      std::printf("tomada %s\n", app::version());
      return exit_ok;
    case Command::client:
      return print_client(words);
    case Command::check:
      return check(words);
    case Command::plugins_new:
      return scaffold(words.name);
    case Command::keys_add:
    case Command::keys_list:
    case Command::keys_revoke:
    case Command::keys_rotate:
      return keep_keys(words);
    case Command::cache_stats:
    case Command::cache_clear:
      return tend_cache(words);
    default:
      return with_server(words);
  }
}

}  // namespace

int run(int count, char** words) try {
  app::Signals::block();
  const auto parsed = parse(count, words);
  if (!parsed) return fail(parsed.error());
  if (!parsed->help.empty()) {
    std::printf("%s", parsed->help.c_str());
    return exit_ok;
  }
  return carry_out(*parsed);
} catch (const std::exception& error) {
  return fail(
      failure(ErrorCode::internal, error.what(), {}, "this is a bug: please report it with the command you ran"));
}

}  // namespace tomada::cli
