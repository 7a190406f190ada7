#include "core/auth/limits.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace tomada;
using namespace tomada::auth;
using Whose = Excess::Whose;

namespace {

const Principal ana{"ana", "acme", {}}, bia{"bia", "acme", {}}, other_ana{"ana", "other", {}};

}  // namespace

TEST_CASE("a minute's worth may be taken at once, then one comes back at a time") {
  test::ManualClock clock;
  Buckets buckets{60, clock};
  for (int i = 0; i < 60; ++i) CHECK_FALSE(buckets.take("ana"));
  CHECK(buckets.take("ana") == Milliseconds{1'000});
  CHECK(buckets.wait("ana") == Milliseconds{1'000});
  CHECK_FALSE(buckets.take("bia"));
  clock.advance(Milliseconds{400});
  CHECK(buckets.take("ana") == Milliseconds{600});
  clock.advance(Milliseconds{600});
  CHECK_FALSE(buckets.take("ana"));
  CHECK(buckets.take("ana") == Milliseconds{1'000});
  buckets.give_back("ana");
  CHECK_FALSE(buckets.take("ana"));
  clock.advance(Milliseconds{600'000});
  for (int i = 0; i < 60; ++i) CHECK_FALSE(buckets.take("ana"));
  CHECK(buckets.take("ana"));  // what was not used does not add up beyond a minute
}

TEST_CASE("a rate of one a minute says how long the minute still is") {
  test::ManualClock clock;
  Buckets buckets{1, clock};
  CHECK_FALSE(buckets.take("ana"));
  clock.advance(Milliseconds{59'500});
  CHECK(buckets.take("ana") == Milliseconds{500});
  clock.advance(Milliseconds{500});
  CHECK_FALSE(buckets.take("ana"));
}

TEST_CASE("ten thousand addresses cost bounded memory, and those that are at their limit stay there longest") {
  test::ManualClock clock;
  Buckets buckets{10, clock, 1'024};
  while (!buckets.take("flooding")) continue;
  for (int i = 0; i < 10'000; ++i) (void)buckets.take("address " + std::to_string(i));
  CHECK(buckets.size() <= 1'024);
  CHECK(buckets.wait("flooding"));
  clock.advance(Milliseconds{60'000});
  for (int i = 0; i < 5'000; ++i) (void)buckets.take("later " + std::to_string(i));
  CHECK_FALSE(buckets.wait("flooding"));
  CHECK(buckets.size() <= 1'024);
}

TEST_CASE("without rates nothing is counted") {
  test::ManualClock clock;
  Limits limits{clock};
  for (int i = 0; i < 1'000; ++i) REQUIRE_FALSE(limits.take(ana, "erp_orders", "1"));
  CHECK_FALSE(limits.flood("1"));
}

TEST_CASE("a principal is a subject of a tenant; one at its limit leaves the others alone") {
  test::ManualClock clock;
  Limits limits{clock};
  limits.replace({2, 0, {}});
  CHECK_FALSE(limits.take(ana, "erp_orders", "1"));
  CHECK_FALSE(limits.take(ana, "erp_products", "2"));
  const auto excess = limits.take(ana, "erp_orders", "3");
  REQUIRE(excess);
  CHECK(excess->whose == Whose::principal);
  CHECK(excess->per_minute == 2);
  CHECK(excess->wait == Milliseconds{30'000});
  CHECK_FALSE(limits.take(bia, "erp_orders", "1"));
  CHECK_FALSE(limits.take(other_ana, "erp_orders", "1"));
}

TEST_CASE("a tool has the smallest rate of the patterns that name it, for all callers together") {
  test::ManualClock clock;
  Limits limits{clock};
  limits.replace({0, 0, {{"erp_*", 100}, {"erp_orders", 1}, {"configure_alerts", 0}}});
  CHECK_FALSE(limits.take(ana, "erp_orders", {}));
  const auto excess = limits.take(bia, "erp_orders", {});
  REQUIRE(excess);
  CHECK(excess->whose == Whose::tool);
  CHECK(excess->per_minute == 1);
  for (int i = 0; i < 100; ++i) CHECK_FALSE(limits.take(ana, "erp_products", {}));
  CHECK(limits.take(ana, "erp_products", {}));
  CHECK_FALSE(limits.take(ana, "erp_partners", {}));  // each tool has its own
  for (int i = 0; i < 200; ++i) CHECK_FALSE(limits.take(ana, "configure_alerts", {}));
}

TEST_CASE("an address has its own rate; a pipe has no address") {
  test::ManualClock clock;
  Limits limits{clock};
  limits.replace({0, 1, {}});
  CHECK_FALSE(limits.flood("1"));
  CHECK_FALSE(limits.take(ana, "erp_orders", "1"));
  CHECK(limits.flood("1") == Milliseconds{60'000});
  CHECK_FALSE(limits.flood("2"));
  CHECK(limits.take(bia, "erp_orders", "1")->whose == Whose::address);
  for (int i = 0; i < 10; ++i) CHECK_FALSE(limits.take(ana, "erp_orders", {}));
}

TEST_CASE("a call that one limit refuses is not counted by the others") {
  test::ManualClock clock;
  Limits limits{clock};
  limits.replace({2, 0, {{"erp_orders", 1}}});
  CHECK_FALSE(limits.take(ana, "erp_orders", {}));
  for (int i = 0; i < 5; ++i) CHECK(limits.take(ana, "erp_orders", {})->whose == Whose::tool);
  CHECK_FALSE(limits.take(ana, "erp_products", {}));
  CHECK(limits.take(ana, "erp_products", {})->whose == Whose::principal);
}

TEST_CASE("a reload with the same rates goes on counting, with others it begins anew") {
  test::ManualClock clock;
  Limits limits{clock};
  limits.replace({1, 0, {}});
  CHECK_FALSE(limits.take(ana, "erp_orders", {}));
  limits.replace({1, 0, {}});
  CHECK(limits.take(ana, "erp_orders", {}));
  limits.replace({2, 0, {}});
  CHECK_FALSE(limits.take(ana, "erp_orders", {}));
  limits.replace({});
  for (int i = 0; i < 100; ++i) CHECK_FALSE(limits.take(ana, "erp_orders", {}));
}
