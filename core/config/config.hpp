#pragma once
// Config: the TOML file as checked values. An unknown key is an error with its line and the nearest known key.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::config {

struct Http {
  std::string listen = "127.0.0.1:8420";
  std::vector<std::string> allowed_origins;  // besides the loopback ones
  std::vector<std::string> allowed_hosts;    // besides the loopback ones; empty beyond loopback: any address
  std::string metrics_listen;                // empty: /metrics on the main listener
  std::size_t max_body_bytes = 4u << 20;
  std::size_t threads = 0;               // 0: one per core, at most 4
  std::string tls_certificate, tls_key;  // PEM files; both or none
  bool compresses = true;                // gzip, where the client takes it
  Milliseconds ping_interval{0};         // of clients that only listen; 0: never
  bool has_sse = false;                  // also the transport of 2024-11-05
  Milliseconds drain{10'000};
  bool is_insecure = false;  // beyond loopback anybody may come in without a key
};

struct AccessKey {  // [auth.key.NAME]
  std::string name;
  std::string key;  // the text that its holder sends
  std::string subject;
  std::string tenant = "default";
  std::vector<std::string> roles{};  // empty: the default role
};

struct OAuth {               // [auth.oauth]
  std::string issuer;        // empty: no access tokens
  std::string resource;      // the canonical address of this server's /mcp
  std::string audience;      // what "aud" must name; the resource when not given
  std::string upstream;      // where the issuer's keys are
  std::string jwks_path;     // below the upstream's url
  std::string tenant_claim;  // empty: everybody is of "default"
  std::map<std::string, std::vector<std::string>, std::less<>> scopes;  // to roles

  friend bool operator==(const OAuth&, const OAuth&) = default;
};

struct Auth {
  bool is_required = false;                     // everywhere; else only beyond loopback
  std::string seal_key;                         // seals what clients carry for us; empty: the state folder's own does
  std::vector<std::string> previous_seal_keys;  // those before it, which still open
  [[nodiscard]] std::vector<std::string> sealing_keys() const;  // newest first; empty: none is configured
  OAuth oauth;
  std::map<std::string, AccessKey> keys;
};

struct Limits {  // calls a minute; 0: no limit
  std::size_t principal = 0;
  std::size_t address = 0;
  std::map<std::string, std::size_t> tools;  // by pattern
};

struct Limit {                     // per method of an upstream
  std::size_t max_concurrent = 0;  // 0: as the upstream
  std::size_t per_minute = 0;
};

struct Upstream {
  std::string name;
  std::string url;
  std::string user, password;        // of a database
  std::string kind;                  // "omie": the ERP's own rules; empty: plain HTTP
  std::size_t max_concurrent = 4;    // per account and method
  std::size_t per_minute = 0;        // per account and method; 0: unlimited
  std::size_t per_minute_total = 0;  // over all methods
  std::map<std::string, Limit> methods;
  Milliseconds connect_timeout{3'000};
  Milliseconds timeout{30'000};     // hard total of one request
  Milliseconds response_window{0};  // how long an answer is shared; Omie: 60 s
  std::size_t retries = 2;
  bool allow_private = true;  // may its address be loopback or private
};

struct PluginInstance {
  std::string name;    // [plugin.NAME]
  std::string use;     // the shared object's name; default: NAME
  std::string prefix;  // put before each tool name
  bool is_enabled = true;
  std::vector<std::string> services;  // granted host services; empty: what the manifest asks for
  json::object settings;              // the rest of the section, checked against the manifest's schema by the loader
  int line = 0;
};

struct Role {
  std::string name;
  std::vector<std::string> tools;         // patterns, "erp_*"
  bool has_every_read_only_tool = false;  // the built-in "default"
};

struct Redis {      // [cache] redis…: results shared with other instances
  std::string url;  // "redis://host:6379/0"; empty: none
  std::string user, password;
  std::string prefix = "tomada:";

  friend bool operator==(const Redis&, const Redis&) = default;
};

struct Receiver {  // [alerts.receiver.NAME]
  std::string name;
  std::string kind;  // "log", "webhook"
  std::string url;   // webhook
};

struct Config {
  std::string source;           // the file; empty: built-in defaults
  std::string language = "en";  // "en" or "pt-BR"
  std::string log_level = "info";
  std::string log_file;
  Http http;
  Auth auth;
  Limits limits;
  std::size_t workers = 0;  // 0: 4 per core, at least 8
  std::size_t cache_bytes = 64u << 20;
  Redis redis;
  Milliseconds call_timeout{60'000};
  Milliseconds alert_interval{15'000};
  std::vector<std::string> stdio_roles{"local"};  // roles of the one client on stdio; empty: the default role
  std::map<std::string, Upstream> upstreams;
  std::map<std::string, PluginInstance>
      plugins;                                // never empty: the four first-party plugins unless the file names others
  std::map<std::string, Role> roles;          // "default" and "local" always present
  std::map<std::string, Receiver> receivers;  // "log" always present
  std::vector<std::string> secrets;           // every value that came from ${ENV} or ${file:…}: for the redactor
  std::set<std::string> variables;            // the names in ${ENV}
  std::map<std::string, int, std::less<>> lines;  // of the file, by JSON pointer ("/upstream/omie")

  [[nodiscard]] std::string where(std::string_view pointer) const;  // "tomada.toml:12"; without a line the file alone
};

struct Reading {
  Config config;                // what is sound of it; its source is empty when the file is no TOML at all
  std::vector<Error> problems;  // in the order of the file
};

[[nodiscard]] Result<Config> load(const std::string& path);  // errors: configuration, where = "tomada.toml:12"
[[nodiscard]] Result<Config> parse(std::string_view toml, std::string_view source);
[[nodiscard]] Reading examine(const std::string& path);  // every problem of the file
[[nodiscard]] Config defaults();

}  // namespace tomada::config
