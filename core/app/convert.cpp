#include "core/app/convert.hpp"

#include "core/app/server.hpp"
#include "core/base/cores.hpp"

#include <algorithm>

namespace tomada::app {
namespace {

constexpr const char* instructions =
    "Business questions about one company's ERP: partners, receivables, payables, products, orders, cash position. "
    "Amounts are exact decimal strings in the stated currency; dates are ISO 8601. Lists answer `limit` rows with "
    "`total` and "
    "`next_cursor`: narrow the filter before paging on. Answers may come from a cache: `tomada/freshness` in _meta "
    "says how old "
    "they are, and `fresh: true` asks for a new look. An error says what to do next.";

}  // namespace

log::Options log_options(const config::Config& config) {
  log::Options out;
  (void)log::parse(config.log_level, out.level);  // the schema has checked the word
  out.file = config.log_file;
  return out;
}

Result<std::shared_ptr<const http::Certificate>> read_certificate(const config::Config& config) {
  if (config.http.tls_certificate.empty()) return std::shared_ptr<const http::Certificate>{};
  return http::Certificate::read({config.http.tls_certificate, config.http.tls_key});
}

std::map<std::string, auth::Role> role_map(const config::Config& config) {
  std::map<std::string, auth::Role> out;
  for (const auto& [name, role] : config.roles) out[name] = auth::Role{role.tools, role.has_every_read_only_tool};
  return out;
}

auth::Rates call_rates(const config::Config& config) {
  return {config.limits.principal, config.limits.address, config.limits.tools};
}

std::map<std::string, upstream::UpstreamOptions> upstream_options(const config::Config& config) {
  std::map<std::string, upstream::UpstreamOptions> out;
  for (const auto& [name, from] : config.upstreams) {
    if (sql::is_database(from.url)) continue;
    upstream::UpstreamOptions to;
    to.url = from.url;
    to.kind = from.kind;
    to.max_concurrent = from.max_concurrent;
    to.per_minute = from.per_minute;
    to.per_minute_total = from.per_minute_total;
    for (const auto& [method, limit] : from.methods) to.methods[method] = {limit.max_concurrent, limit.per_minute};
    to.connect_timeout = from.connect_timeout;
    to.timeout = from.timeout;
    to.response_window = from.response_window;
    to.retries = from.retries;
    to.allow_private = from.allow_private;
    if (to.kind == "omie") to.fault_limit = 7;  // Omie blocks at the tenth
    out[name] = std::move(to);
  }
  return out;
}

std::map<std::string, sql::Options> database_options(const config::Config& config) {
  std::map<std::string, sql::Options> out;
  for (const auto& [name, from] : config.upstreams) {
    if (!sql::is_database(from.url)) continue;
    sql::Options to;
    to.url = from.url;
    to.user = from.user;
    to.password = from.password;
    to.max_concurrent = from.max_concurrent;
    to.connect_timeout = from.connect_timeout;
    to.timeout = from.timeout;
    to.allow_private = from.allow_private;
    out[name] = std::move(to);
  }
  return out;
}

alerts::Options alert_options(const config::Config& config) {
  alerts::Options out;
  out.interval = config.alert_interval;
  for (const auto& [name, receiver] : config.receivers) out.receivers[name] = {receiver.kind, receiver.url};
  return out;
}

plugin::InstanceRequest instance_request(const config::Config& config, const config::PluginInstance& instance) {
  plugin::InstanceRequest out;
  out.instance = instance.name;
  out.use = instance.use.empty() ? instance.name : instance.use;
  out.prefix = instance.prefix;
  out.language = config.language;
  out.settings = instance.settings;
  out.services = instance.services;
  out.where = config.source.empty() ? "plugin." + instance.name : config.where("/plugin/" + instance.name);
  return out;
}

protocol::Identity identity(const config::Config&) {
  protocol::Identity out;
  out.title = "tomada: ERP for assistants";
  out.version = version();
  out.instructions = instructions;
  return out;
}

std::size_t worker_count(const config::Config& config) {
  if (config.workers != 0) return config.workers;
  return std::max<std::size_t>(8, std::size_t{4} * usable_cores());
}

std::shared_ptr<const Principal> local_principal(const config::Config& config) {
  Principal out;
  out.roles = config.stdio_roles.empty() ? std::vector<std::string>{"local"} : config.stdio_roles;
  std::sort(out.roles.begin(), out.roles.end());
  return std::make_shared<const Principal>(std::move(out));
}

const char* version() noexcept { return TOMADA_VERSION; }

}  // namespace tomada::app
