#include "core/config/read.hpp"

#include "core/config/section.hpp"
#include "core/config/sense.hpp"

#include <array>

namespace tomada::config {
namespace {

constexpr std::array first_party{"erp", "system", "health", "alerts"};
constexpr std::array plugin_keys{"use", "prefix", "enabled", "services"};  // the rest is the plugin's

// Omie counts 240 requests a minute per application and method, 960 per address, and answers 429 beyond: we keep to
// 90 %. The five methods below it serves one at a time; an identical call within a minute it refuses.
Upstream omie_defaults() {
  Upstream out;
  out.kind = "omie";
  out.url = "https://app.omie.com.br/api/v1/";
  out.max_concurrent = 4;
  out.per_minute = 216;
  out.per_minute_total = 864;
  out.response_window = Milliseconds{60'000};
  for (const char* method :
       {"ListarPedidos", "ListarContasReceber", "ListarContasPagar", "ListarMovimentos", "ListarLancCC"}) {
    out.methods[method].max_concurrent = 1;
  }
  return out;
}

Upstream read_upstream(const std::string& name, const Section& section) {
  std::string kind = name == "omie" ? "omie" : "";
  section.text("kind", kind);
  Upstream out = kind == "omie" ? omie_defaults() : Upstream{};
  out.name = name;
  out.kind = kind;
  section.text("url", out.url);
  section.text("user", out.user);
  section.text("password", out.password);
  section.count("max_concurrent", out.max_concurrent);
  section.count("per_minute", out.per_minute);
  section.count("per_minute_total", out.per_minute_total);
  section.duration("connect_timeout", out.connect_timeout);
  section.duration("timeout", out.timeout);
  section.duration("response_window", out.response_window);
  section.count("retries", out.retries);
  section.flag("allow_private", out.allow_private);
  section.section("method").each([&](const std::string& method, const Section& limits, const json::object&) {
    limits.count("max_concurrent", out.methods[method].max_concurrent);
    limits.count("per_minute", out.methods[method].per_minute);
  });
  return out;
}

PluginInstance read_plugin(const std::string& name, const Section& section, const json::object& table) {
  PluginInstance out;
  out.name = out.use = name;
  section.text("use", out.use);
  section.text("prefix", out.prefix);
  section.flag("enabled", out.is_enabled);
  section.list("services", out.services);
  out.settings = table;
  for (const char* key : plugin_keys) out.settings.erase(key);
  return out;
}

Receiver read_receiver(const std::string& name, const Section& section) {
  Receiver out{name, section.has("url") ? "webhook" : "log", ""};
  section.text("kind", out.kind);
  section.text("url", out.url);
  return out;
}

void read_http(const Section& section, Http& out) {
  section.text("listen", out.listen);
  section.list("allowed_origins", out.allowed_origins);
  section.list("allowed_hosts", out.allowed_hosts);
  section.text("metrics_listen", out.metrics_listen);
  section.bytes("max_body", out.max_body_bytes);
  section.count("threads", out.threads);
  section.flag("compression", out.compresses);
  section.text("tls_certificate", out.tls_certificate);
  section.text("tls_key", out.tls_key);
  section.duration("ping_interval", out.ping_interval);
  section.flag("sse", out.has_sse);
  section.duration("drain", out.drain);
  section.flag("insecure", out.is_insecure);
}

void read_oauth(const Section& section, OAuth& out) {
  section.text("issuer", out.issuer);
  section.text("resource", out.resource);
  out.audience = out.resource;
  section.text("audience", out.audience);
  section.text("upstream", out.upstream);
  section.text("jwks_path", out.jwks_path);
  section.text("tenant_claim", out.tenant_claim);
  section.section("scopes").lists(out.scopes);
}

void read_auth(const Section& section, Auth& out) {
  section.flag("required", out.is_required);
  section.text("seal_key", out.seal_key);
  section.list("previous_seal_keys", out.previous_seal_keys);
  read_oauth(section.section("oauth"), out.oauth);
  section.section("key").each([&out](const std::string& name, const Section& key, const json::object&) {
    AccessKey access{name, {}, name};
    key.text("key", access.key);
    key.text("subject", access.subject);
    key.text("tenant", access.tenant);
    key.list("roles", access.roles);
    out.keys[name] = std::move(access);
  });
}

void read_limits(const Section& section, Limits& out) {
  section.count("principal_per_minute", out.principal);
  section.count("address_per_minute", out.address);
  section.section("tool").each([&out](const std::string& pattern, const Section& tool, const json::object&) {
    tool.count("per_minute", out.tools[pattern]);
  });
}

void read_cache(const Section& section, Config& out) {
  section.bytes("max_bytes", out.cache_bytes);
  section.text("redis", out.redis.url);
  section.text("redis_user", out.redis.user);
  section.text("redis_password", out.redis.password);
  section.text("redis_prefix", out.redis.prefix);
}

void read_scalars(const Section& top, Config& out) {
  top.text("language", out.language);
  top.text("log_level", out.log_level);
  top.text("log_file", out.log_file);
  top.count("workers", out.workers);
  top.duration("call_timeout", out.call_timeout);
  read_cache(top.section("cache"), out);
  top.section("stdio").list("roles", out.stdio_roles);
  top.section("alerts").duration("interval", out.alert_interval);
}

int line_of(const Document& document, const std::string& pointer) {
  const auto found = document.lines.find(pointer);
  return found == document.lines.end() ? 0 : found->second;
}

void read_named(const Document& document, Config& out) {
  const Section top{&document.root};
  top.section("upstream").each([&](const std::string& name, const Section& section, const json::object&) {
    out.upstreams[name] = read_upstream(name, section);
  });
  top.section("plugin").each([&](const std::string& name, const Section& section, const json::object& table) {
    out.plugins[name] = read_plugin(name, section, table);
    out.plugins[name].line = line_of(document, child("/plugin", name));
  });
  top.section("role").each([&](const std::string& name, const Section& section, const json::object&) {
    out.roles[name] = Role{name, {}, false};
    section.list("tools", out.roles[name].tools);
  });
  top.section("alerts")
      .section("receiver")
      .each([&](const std::string& name, const Section& section, const json::object&) {
        out.receivers[name] = read_receiver(name, section);
      });
}

}  // namespace

std::vector<std::string> Auth::sealing_keys() const {
  if (seal_key.empty()) return {};
  std::vector<std::string> out{seal_key};
  out.insert(out.end(), previous_seal_keys.begin(), previous_seal_keys.end());
  return out;
}

Config defaults() {
  Config out;
  for (const char* name : first_party) out.plugins[name] = read_plugin(name, Section{nullptr}, {});
  out.roles["default"] = Role{"default", {}, true};
  out.roles["local"] = Role{"local", {"*"}, false};
  out.receivers["log"] = Receiver{"log", "log", ""};
  return out;
}

Config read(const Document& document, std::vector<Error>& problems) {
  Config out = defaults();
  out.source = document.source;
  const Section top{&document.root};
  read_scalars(top, out);
  read_http(top.section("http"), out.http);
  read_auth(top.section("auth"), out.auth);
  read_limits(top.section("limits"), out.limits);
  read_named(document, out);
  check_sense(document, out, problems);
  return out;
}

}  // namespace tomada::config
