#include "core/config/sense.hpp"

#include "core/base/text.hpp"
#include "core/config/section.hpp"
#include "core/json/reader.hpp"
#include "schemas/embedded.hpp"

#include <algorithm>
#include <utility>

namespace tomada::config {
namespace {

// The ids that a manifest may ask for: its schema is the one list of them.
std::vector<std::string> known_services() {
  std::vector<std::string> out;
  const auto schema = json::read(schemas::embedded("manifest/plugin.json"));
  if (!schema) return out;
  const auto* ids = schema->get_object().at("properties").at("services").at("items").get_object().if_contains("enum");
  for (const auto& id : ids->get_array()) out.emplace_back(json::view(id.get_string()));
  return out;
}

bool has_credentials(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return false;
  const auto rest = url.substr(begin + 3);
  return rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos;
}

class Sense final {
 public:
  Sense(const Document& document, const Config& config, std::vector<Error>& problems)
      : document_{document}, config_{config}, problems_{problems} {}

  void check() {
    check_addresses();
    check_redis();
    check_certificate();
    check_roles();
    check_auth();
    for (const auto& [name, instance] : config_.plugins) {
      if (!instance.is_enabled) continue;
      check_upstreams(child("/plugin", name), instance.settings);
      check_services(child(child("/plugin", name), "services"), instance.services);
    }
  }

 private:
  void check_addresses() {
    for (const auto& [name, upstream] : config_.upstreams) {
      const auto place = child("/upstream", name);
      if (upstream.url.empty() && !has(place, "url")) {
        complain(place, "its url is missing", "add url = \"https://…\"");
      }
      const bool is_http = upstream.url.starts_with("http");
      check_credentials(child(place, "url"), upstream.url,
                        is_http ? "they belong into the plugin's settings" : "they belong into user and password");
      for (const char* key : {"user", "password"}) {
        if (is_http && has(place, key))
          complain(child(place, key), "only databases log in so", "put it into the plugin's settings");
      }
      for (const char* key : {"kind", "per_minute", "per_minute_total", "retries", "response_window", "method"}) {
        if (!is_http && has(place, key))
          complain(child(place, key), "a database is not limited so", "use max_concurrent and timeout");
      }
    }
    for (const auto& [name, receiver] : config_.receivers) {
      const auto place = child("/alerts/receiver", name);
      if (receiver.kind == "webhook" && !has(place, "url")) {
        complain(place, "a webhook needs its url", "add url = \"https://…\"");
      }
      check_credentials(child(place, "url"), receiver.url, "use an address whose path is the secret");
    }
  }

  void check_redis() {
    const auto& redis = config_.redis;
    if (redis.url.starts_with("rediss:")) {
      complain("/cache/redis", "Debian 12's hiredis speaks no TLS",
               "use redis:// to a TLS tunnel such as stunnel on this machine");
    }
    for (const char* key : {"redis_user", "redis_password", "redis_prefix"}) {
      if (has("/cache", key) && !has("/cache", "redis"))
        complain(child("/cache", key), "redis is missing", "add redis = \"redis://127.0.0.1:6379/0\"");
    }
    if (!redis.user.empty() && !has("/cache", "redis_password"))
      complain("/cache/redis_user", "a user needs its password", "add redis_password = \"${REDIS_PASSWORD}\"");
  }

  void check_certificate() {
    const auto& http = config_.http;
    if (http.tls_certificate.empty() == http.tls_key.empty()) return;
    const bool is_key_missing = http.tls_key.empty();
    complain(is_key_missing ? "/http/tls_certificate" : "/http/tls_key",
             is_key_missing ? "a certificate needs its key" : "a key needs its certificate",
             is_key_missing ? "add tls_key = \"…\"" : "add tls_certificate = \"…\"");
  }

  void check_credentials(const std::string& pointer, std::string_view url, std::string hint) {
    if (has_credentials(url)) complain(pointer, "the address holds credentials", std::move(hint));
  }

  void check_auth() {
    for (const auto& [name, key] : config_.auth.keys) {
      const auto place = child("/auth/key", name);
      if (key.key.empty() && !has(place, "key"))
        complain(place, "its key is missing", "add key = \"${TOMADA_API_KEY}\"");
      check_known(child(place, "roles"), key.roles);
    }
    if (config_.auth.seal_key.empty() && has("/auth", "previous_seal_keys")) {
      complain("/auth/previous_seal_keys", "seal_key is missing", "add seal_key = \"${TOMADA_SEAL_KEY}\"");
    }
    if (document_.names("/auth/oauth")) check_oauth("/auth/oauth", config_.auth.oauth);
    if (!config_.auth.is_required || !config_.http.is_insecure) return;
    complain("/http/insecure", "it contradicts auth.required", "remove one of them");
  }

  void check_oauth(const std::string& place, const OAuth& oauth) {
    for (const char* key : {"issuer", "resource", "upstream", "jwks_path", "scopes"}) {
      if (!has(place, key))
        complain(place, text::concat({"its ", key, " is missing"}), "see auth.oauth in schemas/config/server.json");
    }
    if (!oauth.upstream.empty()) check_upstream(child(place, "upstream"), oauth.upstream);
    const auto keys = config_.upstreams.find(oauth.upstream);
    if (keys != config_.upstreams.end() && !keys->second.url.empty() && !keys->second.url.starts_with("http"))
      complain(child(place, "upstream"), "a database holds no keys", "name an upstream whose url begins with https://");
    for (const auto& [scope, roles] : oauth.scopes) check_known(child(child(place, "scopes"), scope), roles);
  }

  void check_known(const std::string& place, const std::vector<std::string>& roles) {
    for (const auto& role : roles) {
      if (config_.roles.contains(role) || document_.names(child("/role", role))) continue;
      complain(place, text::concat({"there is no role \"", role, "\""}), text::concat({"add [role.", role, "]"}));
    }
  }

  void check_roles() {
    check_known("/stdio/roles", config_.stdio_roles);
    Section{&document_.root}.section("role").each([this](const std::string& name, const Section&, const json::object&) {
      if (!has(child("/role", name), "tools"))
        complain(child("/role", name), "its tools are missing", "add tools = [\"erp_*\"]");
    });
  }

  // "upstream" and "upstreams" of a plugin's section are what it is granted.
  void check_upstreams(const std::string& section, const json::object& settings) {
    if (const auto* name = json::find_string(settings, "upstream"))
      check_upstream(child(section, "upstream"), json::view(*name));
    const auto* names = json::find(settings, "upstreams");
    if (!names || !names->is_array()) return;
    for (std::size_t i = 0; i < names->get_array().size(); ++i) {
      const auto* name = names->get_array()[i].if_string();
      if (name) check_upstream(child(child(section, "upstreams"), std::to_string(i)), json::view(*name));
    }
  }

  void check_upstream(const std::string& pointer, std::string_view name) {
    const std::string wanted{name};
    if (document_.unresolved.contains(pointer) || document_.names(child("/upstream", wanted))) return;
    std::vector<std::string> known;
    for (const auto& [each, _] : config_.upstreams) known.push_back(each);
    const auto nearest = text::nearest(wanted, known);
    complain(pointer, text::concat({"there is no upstream \"", wanted, "\""}),
             nearest.empty() ? text::concat({"add [upstream.", wanted, "] with its url"}) : did_you_mean(nearest));
  }

  void check_services(const std::string& pointer, const std::vector<std::string>& granted) {
    if (granted.empty()) return;
    const auto known = known_services();
    for (std::size_t i = 0; i < granted.size(); ++i) {
      if (std::find(known.begin(), known.end(), granted[i]) != known.end()) continue;
      const auto nearest = text::nearest(granted[i], known);
      complain(child(pointer, std::to_string(i)), text::concat({"there is no service \"", granted[i], "\""}),
               nearest.empty() ? "known: " + text::join(known, ", ") : did_you_mean(nearest));
    }
  }

  [[nodiscard]] static std::string did_you_mean(std::string_view name) {
    return text::concat({"did you mean \"", name, "\"?"});
  }
  [[nodiscard]] bool has(std::string_view section, std::string_view key) const {
    return document_.names(child(section, key));  // a wrong one was told already
  }

  void complain(const std::string& pointer, std::string_view message, std::string hint) {
    problems_.push_back(failure(ErrorCode::configuration, text::concat({dotted(pointer), ": ", message}),
                                document_.where(pointer), std::move(hint)));
  }

  const Document& document_;
  const Config& config_;
  std::vector<Error>& problems_;
};

}  // namespace

void check_sense(const Document& document, const Config& config, std::vector<Error>& problems) {
  Sense{document, config, problems}.check();
}

}  // namespace tomada::config
