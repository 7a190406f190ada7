#pragma once
// Routes: what the HTTP listener serves besides /mcp.
#include "core/health/health.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "transports/http/server.hpp"

#include <vector>

namespace tomada::app {

[[nodiscard]] std::vector<http::Route> health_routes(const health::Board& board, const log::Logger& log);
// /health {"status"}, /health/live, /health/ready (503 when unhealthy), /health/detailed (without secrets).
[[nodiscard]] http::Route metrics_route(const metrics::Registry& metrics);

}  // namespace tomada::app
