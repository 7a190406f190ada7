#include "core/upstream/gate.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace tomada::upstream;
using tomada::ErrorCode;
using tomada::test::Folder;
using tomada::test::ManualClock;

namespace {

// One process's view of the ledgers of a folder, of a method with eight requests a minute.
struct Side {
  Side(const std::string& folder, const ManualClock& time)
      : clock{time},
        total{std::move(*Ledger::open(folder + "/total"))},
        gate{"omie", "ListarMovimentos", limits(), std::move(*Ledger::open(folder + "/method")), *total, time} {}
  static GateLimits limits() {
    GateLimits out;
    out.max_concurrent = 8;
    out.per_window = 8;
    return out;
  }
  [[nodiscard]] Patience now() const { return {clock, clock.steady_now(), {}}; }
  [[nodiscard]] bool stands_aside() { return !gate.enter_aside(now()).has_value(); }
  [[nodiscard]] bool goes() { return gate.enter({clock, clock.steady_now() + 1ms, {}}).has_value(); }

  const ManualClock& clock;
  std::unique_ptr<Ledger> total;
  Gate gate;
};

}  // namespace

TEST_CASE("what nobody waits for leaves a quarter of the limit to the others, over two processes", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side one{folder.path(), clock}, other{folder.path(), clock};
  for (int request = 0; request < 6; ++request) CHECK_FALSE((request % 2 ? one : other).stands_aside());
  CHECK(one.stands_aside());
  CHECK(other.stands_aside());
  CHECK(one.goes());
  CHECK(other.goes());
  CHECK_FALSE(one.goes());
  clock.advance(61s);
  CHECK_FALSE(one.stands_aside());
}

TEST_CASE("what nobody waits for counts what the others sent, and says that it had to wait", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side side{folder.path(), clock};
  for (int request = 0; request < 6; ++request) CHECK(side.goes());
  const auto refused = side.gate.enter_aside(side.now());
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
}

TEST_CASE("a block is told at once also to what nobody waits for", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side side{folder.path(), clock};
  side.gate.block(30min, "MISUSE_API_PROCESS");
  const auto refused = side.gate.enter_aside({clock, clock.steady_now() + 1h, {}});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("blocked") != std::string::npos);
}
