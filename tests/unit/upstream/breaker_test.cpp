#include "core/upstream/breaker.hpp"

#include "core/upstream/retry.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace tomada::upstream;
using tomada::ErrorCode;
using tomada::test::Folder;
using tomada::test::ManualClock;

TEST_CASE("the breaker opens after failures in a row, probes one at a time, and closes with an answer", "[upstream]") {
  Folder folder;
  ManualClock clock;
  const auto ledger = std::move(*Ledger::open(folder.path() + "/total"));
  Breaker breaker{"omie", 3, 10s, *ledger, clock};
  for (int i = 0; i < 3; ++i) {
    REQUIRE(breaker.enter().has_value());
    breaker.note_outage("it refused the connection");
  }
  CHECK(breaker.look().state == BreakerState::open);
  const auto refused = breaker.enter();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::unreachable);
  CHECK(refused.error().message.find("it refused the connection") != std::string::npos);
  clock.advance(10s);
  CHECK(breaker.look().state == BreakerState::half_open);
  {
    const auto other_ledger = std::move(*Ledger::open(folder.path() + "/total"));
    Breaker other{"omie", 3, 10s, *other_ledger, clock};
    const auto probe = breaker.enter();
    REQUIRE(probe.has_value());
    CHECK_FALSE(other.enter().has_value());  // one probe over all processes
    other.note_outage("still");
  }
  CHECK(breaker.look().until_probe == 20s);  // it doubles
  clock.advance(20s);
  REQUIRE(breaker.enter().has_value());
  breaker.note_answer();
  CHECK(breaker.look().state == BreakerState::closed);
  CHECK(breaker.enter().has_value());
}

TEST_CASE("retries stop when most requests fail, and come back with successes", "[upstream]") {
  RetryBudget budget;
  int failures = 0;
  for (; budget.allows_retry(); ++failures) budget.note_failure();
  CHECK(failures == 5);
  int successes = 0;
  for (; !budget.allows_retry(); ++successes) budget.note_success();
  CHECK(successes >= 1);
  CHECK(successes <= 2);
}

TEST_CASE("a back-off is spread from nothing to twice as much with each attempt, at most ten seconds", "[upstream]") {
  for (int i = 0; i < 200; ++i) {
    CHECK(backoff(0) <= 200ms);
    CHECK(backoff(3) <= 1'600ms);
    CHECK(backoff(60) <= 10s);
  }
}
