#pragma once
// Watch: the health of the parts that do not report it themselves.
#include "core/base/workers.hpp"
#include "core/cache/result_cache.hpp"
#include "core/health/health.hpp"
#include "core/metrics/metrics.hpp"
#include "core/storage/store.hpp"
#include "transports/http/tls.hpp"

namespace tomada::app {

void watch_storage(health::Board& health, const storage::Store& store);
void watch_cache(health::Board& health, metrics::Registry& metrics, const cache::ResultCache& cache);
void watch_certificate(health::Board& health, const Clock& clock, std::shared_ptr<const http::Tls> tls);
// Degraded two weeks before clients will refuse it.

void watch_workers(health::Board& health, metrics::Registry& metrics, const Workers& workers);

}  // namespace tomada::app
