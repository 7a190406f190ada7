// TOMADA_API_KEY is the key: an HTTP server that requires keys accepts it as its first one, a stdio process shows it.
// So a container needs no file, and a client's process is who its key says.
#include "core/app/entrance.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace tomada::app {
namespace {

using health::Condition;
using health::Status;

constexpr const char* authorisation = "authorisation";
constexpr std::size_t shortest_key = 32, longest_key = 512;

std::string key_of_environment() {
  const char* found = std::getenv(key_variable);
  return found ? std::string{text::trim(found)} : std::string{};
}

bool is_key(std::string_view text) noexcept {
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  return text.size() >= shortest_key && text.size() <= longest_key && std::all_of(text.begin(), text.end(), is_visible);
}

Condition open_to_all(const std::string& listen) {
  return {Status::degraded,
          text::concat({"everybody who reaches ", listen, " may use the tools without a key"}),
          "make a key with `tomada keys add --name NAME` and start without --insecure",
          {}};
}

Condition guarded(const auth::Keyring& keyring) {
  Condition out;
  const auto keys = keyring.size();
  out.details = {{"keys", keys}};
  if (keys > 0) return out;
  out.status = Status::degraded;
  out.reason = "a key is required and there is none: nobody can come in";
  out.next_step = "make one with `tomada keys add --name NAME`";
  return out;
}

Error not_authorised(std::string message, std::string hint) {
  return failure(ErrorCode::unauthorised, std::move(message), key_variable, std::move(hint));
}

}  // namespace

std::vector<auth::ConfiguredKey> configured_keys(const config::Config& config) {
  std::vector<auth::ConfiguredKey> out;
  for (const auto& [_, key] : config.auth.keys) {
    Principal principal{key.subject, key.tenant, key.roles};
    std::sort(principal.roles.begin(), principal.roles.end());
    out.push_back({key.key, std::move(principal)});
  }
  return out;
}

Result<std::unique_ptr<Entrance>> Entrance::open(Server& server, bool is_loopback) {
  std::unique_ptr<Entrance> out{new Entrance{server}};
  const auto& config = server.settings().config;
  if (!config.auth.is_required && is_loopback) return out;
  if (!config.auth.is_required && config.http.is_insecure) {
    server.health().set(authorisation, false, open_to_all(config.http.listen));
    server.log().warning("no key is required beyond loopback", {{"listen", std::string_view{config.http.listen}}});
    return out;
  }
  if (const auto taken = out->take_keys(); !taken) return taken.error();
  auto& keyring = server.keyring();
  out->doorkeeper_ = std::make_unique<auth::Doorkeeper>(keyring, server.clock(), server.metrics());
  out->watch_ = std::make_unique<auth::KeyWatch>(keyring);
  server.health().watch(authorisation, false, [&keyring] { return guarded(keyring); });
  return out;
}

Entrance::~Entrance() { server_.health().forget(authorisation); }

Result<void> Entrance::take_keys() {
  const auto first = key_of_environment();
  if (!first.empty() && !is_key(first)) {
    return failure(ErrorCode::configuration, "it must have 32 to 512 visible ASCII characters without spaces",
                   key_variable, "make one with `openssl rand -base64 32`, or unset it and use `tomada keys add`");
  }
  server_.log().hide(first);
  if (!first.empty()) server_.keyring().accept({first, Principal{"first", "default", {"local"}}});
  return server_.keyring().refresh();
}

Result<std::shared_ptr<const Principal>> stdio_principal(Server& server) {
  const auto shown = key_of_environment();
  const auto& config = server.settings().config;
  if (shown.empty() && !config.auth.is_required) return local_principal(config);
  if (shown.empty()) {
    return not_authorised("a key is required and none was given", "set it in the environment of this process");
  }
  server.log().hide(shown);
  auto& keyring = server.keyring();
  if (const auto refreshed = keyring.refresh(); !refreshed) return refreshed.error();
  const auto holder = keyring.find(shown);
  (void)keyring.write_uses();
  if (holder) return holder->principal;
  const bool is_for_others = keyring.has_none() && !auth::read_credential(shown);  // an HTTP server's first key
  if (!config.auth.is_required && is_for_others) return local_principal(config);
  return not_authorised("the key is not valid here",
                        "make one with `tomada keys add`, or unset the variable where no key is required");
}

}  // namespace tomada::app
