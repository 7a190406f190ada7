#include "core/health/health.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <stdexcept>

using namespace std::chrono_literals;
using tomada::health::Board;
using tomada::health::Component;
using tomada::health::Condition;
using tomada::health::Status;

namespace {

Condition degraded(std::string reason) { return {Status::degraded, std::move(reason), "wait", {}}; }
Condition unhealthy(std::string reason) { return {Status::unhealthy, std::move(reason), "mend it", {}}; }

Component part(const Board::Report& report, std::string_view name) {
  for (const auto& component : report.components) {
    if (component.name == name) return component;
  }
  FAIL("no component " << name);
  return {};
}

}  // namespace

TEST_CASE("A board with nothing on it is healthy") {
  const tomada::test::ManualClock clock;
  const Board board{clock};
  CHECK(board.report().status == Status::healthy);
  CHECK(board.report().components.empty());
}

TEST_CASE("The whole is as bad as a critical part, and at worst degraded by another") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  board.set("storage", true, {});
  CHECK(board.report().status == Status::healthy);
  board.set("cache", false, unhealthy("it is gone"));
  CHECK(board.report().status == Status::degraded);
  board.set("storage", true, degraded("the disk is slow"));
  CHECK(board.report().status == Status::degraded);
  board.set("storage", true, unhealthy("the disk is full"));
  CHECK(board.report().status == Status::unhealthy);
  board.set("storage", true, {});
  board.forget("cache");
  CHECK(board.report().status == Status::healthy);
}

TEST_CASE("Since moves only when the status does") {
  tomada::test::ManualClock clock;
  Board board{clock};
  const auto started = clock.wall_now();
  board.set("cache", false, {});
  clock.advance(10s);
  board.set("cache", false, {});
  CHECK(part(board.report(), "cache").since == started);
  board.set("cache", false, degraded("it is small"));
  const auto changed = clock.wall_now();
  clock.advance(10s);
  board.set("cache", false, degraded("it is still small"));
  const auto now = part(board.report(), "cache");
  CHECK(now.since == changed);
  CHECK(now.condition.reason == "it is still small");
}

TEST_CASE("A probe is asked on every report and its change is dated") {
  tomada::test::ManualClock clock;
  Board board{clock};
  Condition answer;
  board.watch("upstream.omie", false, [&answer] { return answer; });
  const auto started = clock.wall_now();
  clock.advance(5s);
  CHECK(part(board.report(), "upstream.omie").since == started);
  answer = degraded("Omie answers slowly");
  const auto changed = clock.wall_now();
  CHECK(part(board.report(), "upstream.omie").since == changed);
  clock.advance(5s);
  CHECK(part(board.report(), "upstream.omie").since == changed);
  CHECK(board.report().status == Status::degraded);
}

TEST_CASE("A probe that throws is unhealthy and says why") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  board.watch("plugin.erp", false, []() -> Condition { throw std::runtime_error{"no such table"}; });
  const auto found = part(board.report(), "plugin.erp");
  CHECK(found.condition.status == Status::unhealthy);
  CHECK(found.condition.reason.find("no such table") != std::string::npos);
  CHECK_FALSE(found.condition.next_step.empty());
}

TEST_CASE("A probe that waits keeps nobody from using the board") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  std::promise<void> entered, released;
  const auto wait = [&entered, go = released.get_future().share()]() -> Condition {
    entered.set_value();
    go.wait();
    return {};
  };
  board.watch("slow", false, wait);
  auto report = std::async(std::launch::async, [&board] { return board.report(); });
  entered.get_future().wait();
  board.set("cache", false, degraded("told meanwhile"));
  board.forget("slow");
  released.set_value();
  CHECK(report.get().components.size() == 1);
  CHECK(part(board.report(), "cache").condition.status == Status::degraded);
}

TEST_CASE("A probe may use the board itself") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  board.watch("watcher", false, [&board]() -> Condition {
    board.set("watched", false, {});
    return {};
  });
  CHECK(board.report().components.size() == 1);
  CHECK(board.report().components.size() == 2);
}

TEST_CASE("The report in JSON carries status, reason, next step, since and details") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  board.set("cache", false, {Status::degraded, "it is full", "raise cache.max_bytes", {{"bytes", 42}}});
  board.set("storage", true, {});
  const tomada::json::value expected = {
      {"status", "degraded"},
      {"components",
       {{"cache",
         {{"status", "degraded"},
          {"reason", "it is full"},
          {"next_step", "raise cache.max_bytes"},
          {"since", "2026-10-14T17:46:40.000000000Z"},
          {"critical", false},
          {"details", {{"bytes", 42}}}}},
        {"storage", {{"status", "healthy"}, {"since", "2026-10-14T17:46:40.000000000Z"}, {"critical", true}}}}}};
  CHECK(tomada::json::value(Board::to_json(board.report())) == expected);
}

TEST_CASE("The newest owner of a component is heard, and when it goes the one before is heard again") {
  tomada::test::ManualClock clock;
  Board board{clock};
  const int older = 0, newer = 0;
  board.watch(
      "plugin.erp", false, [] { return degraded("the old one is slow"); }, &older);
  const auto since = part(board.report(), "plugin.erp").since;
  clock.advance(tomada::Milliseconds{1'000});
  board.watch(
      "plugin.erp", false, [] { return degraded("the new one is slow"); }, &newer);
  CHECK(part(board.report(), "plugin.erp").condition.reason == "the new one is slow");
  CHECK(part(board.report(), "plugin.erp").since == since);
  board.forget("plugin.erp", &newer);
  CHECK(part(board.report(), "plugin.erp").condition.reason == "the old one is slow");
  board.forget("plugin.erp", &newer);
  board.forget("plugin.erp");
  CHECK(board.report().components.size() == 1);
  board.forget("plugin.erp", &older);
  CHECK(board.report().components.empty());
}

TEST_CASE("Settling waits for the reports that may ask what was forgotten") {
  const tomada::test::ManualClock clock;
  Board board{clock};
  std::promise<void> entered, released;
  std::atomic<bool> is_answered{false};
  board.watch("slow", false, [&, go = released.get_future().share()]() -> Condition {
    entered.set_value();
    go.wait();
    is_answered = true;
    return {};
  });
  auto report = std::async(std::launch::async, [&board] { return board.report(); });
  entered.get_future().wait();
  board.forget("slow");
  auto settled = std::async(std::launch::async, [&] {
    board.settle();
    return is_answered.load();
  });
  released.set_value();
  CHECK(settled.get());
}
