// TOMADA_API_KEY is the key: an HTTP server that requires keys accepts it as its first one, a stdio process shows it.
// So a container needs no file, and a client's process is who its key says.
#include "core/app/entrance.hpp"

#include "core/app/convert.hpp"
#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/upstream/options.hpp"

#include <algorithm>
#include <cstdlib>

namespace tomada::app {
namespace {

using health::Condition;
using health::Status;

constexpr const char* authorisation = "authorisation";
constexpr const char* issuer_component = "authorisation_server";
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

Condition guarded(const auth::Keyring& keyring, bool has_tokens) {
  Condition out;
  const auto keys = keyring.size();
  out.details = {{"keys", keys}};
  if (keys > 0 || has_tokens) return out;
  out.status = Status::degraded;
  out.reason = "a key is required and there is none: nobody can come in";
  out.next_step = "make one with `tomada keys add --name NAME`";
  return out;
}

constexpr const char* metadata_path = "/.well-known/oauth-protected-resource";
constexpr Milliseconds fetch_patience{10'000};

// "https://erp.example.com/mcp" has its metadata at "https://erp.example.com/.well-known/…/mcp".
std::string hints(const config::OAuth& oauth, const auth::Tokens& tokens) {
  const std::string origin = oauth.resource.substr(0, oauth.resource.rfind('/'));
  return text::concat({R"(, resource_metadata=")", origin, metadata_path, R"(/mcp", scope=")", tokens.scopes(), "\""});
}

auth::IssuerKeys::Fetch fetch_from(upstream::Client& client, const config::OAuth& oauth, const Clock& clock) {
  return [&client, &oauth, &clock](const std::stop_token& stop) -> Result<std::string> {
    upstream::Request request;
    request.upstream = oauth.upstream;
    request.http_method = "GET";
    request.path = oauth.jwks_path;
    request.headers = {{"Accept", "application/json"}};
    request.is_idempotent = true;
    request.deadline = clock.steady_now() + fetch_patience;
    request.stop = stop;
    auto response = client.fetch(request);
    if (!response) return response.error();
    if (response->status == 200) return std::move(response->body);
    return failure(ErrorCode::unreachable, text::concat({"it answered ", std::to_string(response->status)}),
                   "upstream." + oauth.upstream);
  };
}

Error not_authorised(std::string message, std::string hint) {
  return failure(ErrorCode::unauthorised, std::move(message), key_variable, std::move(hint));
}

}  // namespace

bool wants_credentials(const config::Config& config, bool is_loopback) noexcept {
  return config.auth.is_required || (!is_loopback && !config.http.is_insecure);
}

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
  if (!wants_credentials(config, is_loopback)) {
    if (is_loopback) return out;
    server.health().set(authorisation, false, open_to_all(config.http.listen));
    server.log().warning("no key is required beyond loopback", {{"listen", std::string_view{config.http.listen}}});
    return out;
  }
  if (const auto taken = out->take_keys(); !taken) return taken.error();
  if (const auto taken = out->take_tokens(config.auth.oauth); !taken) return taken.error();
  auto& keyring = server.keyring();
  const bool has_tokens = out->tokens_ != nullptr;
  auth::TokenDesk desk{out->tokens_.get(), has_tokens ? hints(config.auth.oauth, *out->tokens_) : std::string{}};
  out->doorkeeper_ = std::make_unique<auth::Doorkeeper>(keyring, server.clock(), server.metrics(), std::move(desk));
  out->watch_ = std::make_unique<auth::KeyWatch>(keyring);
  server.health().watch(authorisation, false, [&keyring, has_tokens] { return guarded(keyring, has_tokens); });
  return out;
}

Entrance::~Entrance() {
  server_.health().forget(authorisation);
  server_.health().forget(issuer_component);
  server_.health().settle();  // nobody asks the issuer's keys any more when they go
}

// An upstream client of its own: the plugins' come and go with a reload.
Result<void> Entrance::take_tokens(const config::OAuth& oauth) {
  if (oauth.issuer.empty()) return {};
  const auto& settings = server_.settings();
  const auto all = upstream_options(settings.config);
  const auto found = all.find(oauth.upstream);
  if (found == all.end()) return {};  // the configuration's reader has refused it
  auto client =
      upstream::make_client({{found->first, found->second}},
                            {server_.clock(), server_.log(), server_.metrics(), server_.health(), settings.state});
  if (!client) return client.error();
  issuer_ = std::move(*client);
  issuer_keys_ = std::make_unique<auth::IssuerKeys>(fetch_from(*issuer_, oauth, server_.clock()), server_.clock());
  tokens_ = std::make_unique<auth::Tokens>(
      auth::TokenRules{oauth.issuer, oauth.audience, oauth.scopes, oauth.tenant_claim}, *issuer_keys_, server_.clock());
  issuer_watch_ = std::make_unique<auth::KeyWatch>(*issuer_keys_);
  server_.health().watch(issuer_component, false, [keys = issuer_keys_.get()] { return keys->condition(); });
  return {};
}

std::vector<http::Route> metadata_routes(const config::Config& config) {
  const auto& oauth = config.auth.oauth;
  if (oauth.issuer.empty()) return {};
  json::array scopes;
  for (const auto& [scope, _] : oauth.scopes) scopes.emplace_back(scope);
  const auto body = json::text(json::object{{"resource", oauth.resource},
                                            {"resource_name", "tomada"},
                                            {"authorization_servers", json::array{json::value(oauth.issuer)}},
                                            {"scopes_supported", std::move(scopes)},
                                            {"bearer_methods_supported", json::array{"header"}}});
  std::vector<http::Route> out;
  for (const char* below : {"", "/mcp"}) {
    out.push_back({std::string{metadata_path} + below,
                   [body] {
                     return http::RouteAnswer{200, "application/json", body};
                   },
                   http::Guard::origin});
  }
  return out;
}

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
