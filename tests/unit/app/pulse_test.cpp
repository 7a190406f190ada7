#include "core/app/pulse.hpp"

#include "core/app/machine.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using app::Pulse;
using health::Board;
using health::Status;

namespace {

health::Component part(const Board& board, std::string_view name) {
  for (auto& component : board.report().components) {
    if (component.name == name) return component;
  }
  FAIL("no component " << name);
  return {};
}

}  // namespace

TEST_CASE("what fell ill while nobody asked shows since when, and in the metrics") {
  test::ManualClock clock;
  Board board{clock};
  metrics::Registry metrics;
  Status now = Status::healthy;
  board.watch("upstream.omie", false, [&now] {
    return health::Condition{now, now == Status::healthy ? "" : "slow", "wait", {}};
  });
  Pulse pulse{board, metrics};
  pulse.look();
  CHECK(metrics.value("tomada_health", {{"component", "upstream.omie"}}) == 0.0);
  clock.advance(Milliseconds{60'000});
  now = Status::unhealthy;
  pulse.look();
  const auto began = clock.wall_now();
  clock.advance(Milliseconds{60'000});
  CHECK(part(board, "upstream.omie").since == began);
  CHECK(metrics.value("tomada_health", {{"component", "upstream.omie"}}) == 2.0);
  board.forget("upstream.omie");
  pulse.look();
  CHECK_FALSE(metrics.value("tomada_health", {{"component", "upstream.omie"}}));
}

TEST_CASE("memory, disk and response time are components with the operator's limits") {
  test::ManualClock clock;
  Board board{clock};
  metrics::Registry metrics;
  config::Config config;
  config.plugins["health"].settings = {{"memory_degraded_percent", 30}};
  app::watch_machine(board, metrics, app::thresholds(config), &board);
  CHECK(part(board, "memory").condition.details.at("measured") == false);
  metrics.gauge("tomada_system_memory_ratio", "x").set(0.413);
  metrics.gauge("tomada_system_disk_ratio", "x").set(0.902);
  metrics.gauge("tomada_response_time_seconds", "x").set(6);
  CHECK(part(board, "memory").condition.status == Status::degraded);
  CHECK(part(board, "disk").condition.reason == "the disk is used to 90 %, the limit is 85 %");
  CHECK(part(board, "disk").condition.details.at("percent") == 90.2);
  CHECK(part(board, "response_time").condition.status == Status::unhealthy);
  CHECK(part(board, "response_time").condition.reason == "calls take 6000 ms, the limit is 5000 ms");
  CHECK(board.report().status == Status::degraded);  // none of them is critical
  app::forget_machine(board, &board);
  CHECK(board.report().components.empty());
}
