#include "core/app/watch.hpp"

#include "core/base/text.hpp"

namespace tomada::app {
namespace {

using health::Condition;
using health::Status;

Condition storage_condition(const storage::Store& store) {
  const auto probed = store.probe();
  if (probed) return {};
  return {Status::unhealthy, probed.error().text(), "free space or restore write access to the state folder", {}};
}

Condition cache_condition(const cache::ResultCache& cache) {
  const auto now = cache.statistics();
  Condition out;
  out.details = {{"entries", now.entries},
                 {"bytes", now.bytes},
                 {"capacity_bytes", now.capacity},
                 {"hits", now.hits},
                 {"misses", now.misses}};
  return out;
}

constexpr auto renewal_time = std::chrono::hours{14 * 24};

Condition certificate_condition(const http::Certificate& certificate, WallTime now) {
  const auto end = rfc3339(certificate.ends_at()).substr(0, 10);
  Condition out;
  out.details = {{"valid_until", end}};
  if (now + renewal_time < certificate.ends_at()) return out;
  const bool is_over = now >= certificate.ends_at();
  out.status = is_over ? Status::unhealthy : Status::degraded;
  out.reason = text::concat({is_over ? "the certificate was valid until " : "the certificate is valid until ", end});
  out.next_step = "renew the files of http.tls_certificate and http.tls_key, then send SIGHUP";
  return out;
}

Condition workers_condition(const Workers& workers) {
  const auto queued = workers.queued();
  Condition out;
  out.details = {{"queued", queued}};
  if (queued < 256) return out;
  out.status = Status::degraded;
  out.reason = text::concat({std::to_string(queued), " calls wait for a worker"});
  out.next_step = "look at tomada_tool_duration_seconds for the slow tool, or raise `workers`";
  return out;
}

}  // namespace

void watch_storage(health::Board& health, const storage::Store& store) {
  health.watch("storage", true, [&store] { return storage_condition(store); });
}

void watch_cache(health::Board& health, metrics::Registry& metrics, const cache::ResultCache& cache) {
  health.watch("cache", false, [&cache] { return cache_condition(cache); });
  const auto collect = [&](const char* name, const char* help, auto read) {
    metrics.collect(name, help, [&cache, read] { return static_cast<double>(read(cache.statistics())); });
  };
  collect("tomada_cache_bytes", "Bytes held by the result cache.", [](const auto& now) { return now.bytes; });
  collect("tomada_cache_entries", "Results held by the cache.", [](const auto& now) { return now.entries; });
  collect("tomada_cache_hits", "Calls answered from the cache since the start.",
          [](const auto& now) { return now.hits; });
  collect("tomada_cache_stale", "Calls answered from the cache with a stale result while it was refreshed.",
          [](const auto& now) { return now.stale; });
  collect("tomada_cache_misses", "Calls the cache could not answer since the start.",
          [](const auto& now) { return now.misses; });
}

void watch_certificate(health::Board& health, const Clock& clock, std::shared_ptr<const http::Tls> tls) {
  health.watch("certificate", false,
               [&clock, tls = std::move(tls)] { return certificate_condition(*tls->read(), clock.wall_now()); });
}

void watch_workers(health::Board& health, metrics::Registry& metrics, const Workers& workers) {
  health.watch("workers", false, [&workers] { return workers_condition(workers); });
  metrics.collect("tomada_workers_queued", "Calls that wait for a worker.",
                  [&workers] { return static_cast<double>(workers.queued()); });
}

}  // namespace tomada::app
