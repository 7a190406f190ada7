#include "core/app/routes.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

namespace tomada::app {
namespace {

http::RouteAnswer answer(int status, const json::value& body) {
  return http::RouteAnswer{status, "application/json", json::text(body)};
}

http::RouteAnswer summary(const health::Board& board, bool unhealthy_is_503) {
  const auto status = board.report().status;
  json::object body;
  body["status"] = json::key(health::name(status));
  return answer(unhealthy_is_503 && status == health::Status::unhealthy ? 503 : 200, std::move(body));
}

http::RouteAnswer detailed(const health::Board& board, const log::Logger& log) {
  const auto report = board.report();
  auto out = answer(report.status == health::Status::unhealthy ? 503 : 200, health::Board::to_json(report));
  out.body = log.redact(out.body);  // a reason may quote an upstream that echoes what it was sent
  return out;
}

}  // namespace

std::vector<http::Route> health_routes(const health::Board& board, const log::Logger& log) {
  json::object alive;
  alive["status"] = "alive";
  return {
      {"/health", [&board] { return summary(board, true); }},
      {"/health/live", [body = json::value(alive)] { return answer(200, body); }, http::Guard::origin},
      {"/health/ready", [&board] { return summary(board, true); }, http::Guard::origin},
      {"/health/detailed", [&board, &log] { return detailed(board, log); }, http::Guard::origin_and_host, true},
  };
}

http::Route metrics_route(const metrics::Registry& metrics) {
  return {"/metrics",
          [&metrics] {
            return http::RouteAnswer{200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition()};
          },
          http::Guard::origin_and_host, true};
}

}  // namespace tomada::app
