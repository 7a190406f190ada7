#include "core/app/what_stays.hpp"

#include <string_view>

namespace tomada::app {

void name_what_stays(log::Logger& log, const config::Config& was, const config::Config& now) {
  const auto told = [&log](std::string_view key, bool is_other) {
    if (is_other) log.warning("a changed setting takes effect at the next start only", {{"key", key}});
  };
  told("http.listen", was.http.listen != now.http.listen);
  told("http.tls_certificate", was.http.tls_certificate.empty() != now.http.tls_certificate.empty());
  told("http.metrics_listen", was.http.metrics_listen != now.http.metrics_listen);
  told("http.allowed_origins", was.http.allowed_origins != now.http.allowed_origins);
  told("http.allowed_hosts", was.http.allowed_hosts != now.http.allowed_hosts);
  told("http.max_body", was.http.max_body_bytes != now.http.max_body_bytes);
  told("http.threads", was.http.threads != now.http.threads);
  told("http.compression", was.http.compresses != now.http.compresses);
  told("http.ping_interval", was.http.ping_interval != now.http.ping_interval);
  told("http.sse", was.http.has_sse != now.http.has_sse);
  told("http.drain", was.http.drain != now.http.drain);
  told("http.insecure", was.http.is_insecure != now.http.is_insecure);
  told("auth.required", was.auth.is_required != now.auth.is_required);
  told("auth.oauth", was.auth.oauth != now.auth.oauth);
  told("workers", was.workers != now.workers);
  told("cache.max_bytes", was.cache_bytes != now.cache_bytes);
  told("cache.redis", was.redis != now.redis);
  told("call_timeout", was.call_timeout != now.call_timeout);
  told("log_file", was.log_file != now.log_file);
  told("stdio.roles", was.stdio_roles != now.stdio_roles);
}

}  // namespace tomada::app
