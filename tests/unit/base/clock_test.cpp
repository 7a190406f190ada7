#include "core/base/clock.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace tomada;

namespace {

WallTime at(std::int64_t seconds, std::int64_t nanoseconds = 0) {
  return WallTime{std::chrono::seconds{seconds} + std::chrono::nanoseconds{nanoseconds}};
}

}  // namespace

TEST_CASE("times are written as RFC 3339 in UTC with nanoseconds") {
  CHECK(rfc3339(at(0)) == "1970-01-01T00:00:00.000000000Z");
  CHECK(rfc3339(at(1'795'256'656, 123'456'789)) == "2026-11-21T10:24:16.123456789Z");
  CHECK(rfc3339(at(1'709'210'096, 1)) == "2024-02-29T12:34:56.000000001Z");
}

TEST_CASE("times before 1970 round towards the past") {
  CHECK(rfc3339(at(-1)) == "1969-12-31T23:59:59.000000000Z");
  CHECK(rfc3339(at(0, -1)) == "1969-12-31T23:59:59.999999999Z");
}

TEST_CASE("the system's clock moves forward") {
  const SystemClock clock;
  const auto before = clock.steady_now();
  CHECK(clock.steady_now() >= before);
  CHECK(clock.wall_now() > at(1'700'000'000));
}

TEST_CASE("a manual clock moves both of its times, and only when told to") {
  test::ManualClock clock{at(1'000)};
  const auto steady = clock.steady_now();
  CHECK(clock.steady_now() == steady);
  clock.advance(Milliseconds{1500});
  CHECK(clock.steady_now() - steady == Milliseconds{1500});
  CHECK(rfc3339(clock.wall_now()) == "1970-01-01T00:16:41.500000000Z");
}
