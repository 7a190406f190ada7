#include "core/upstream/gate.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace tomada::upstream;
using tomada::ErrorCode;
using tomada::Milliseconds;
using tomada::test::Folder;
using tomada::test::ManualClock;

namespace {

// One process's view of the ledgers of a folder.
struct Side {
  Side(const std::string& folder, const tomada::Clock& time, GateLimits limits)
      : clock{time},
        total{std::move(*Ledger::open(folder + "/total"))},
        gate{"omie", "ListarClientes", limits, std::move(*Ledger::open(folder + "/method")), *total, time} {}
  [[nodiscard]] Patience patience(Milliseconds time = 0ms, std::stop_token stop = {}) const {
    return {clock, clock.steady_now() + time, std::move(stop)};
  }
  [[nodiscard]] tomada::Result<Gate::Permit> enter(Milliseconds time = 1ms) { return gate.enter(patience(time)); }

  const tomada::Clock& clock;
  std::unique_ptr<Ledger> total;
  Gate gate;
};

GateLimits limits(std::size_t at_once, std::size_t per_window = 0) {
  GateLimits out;
  out.max_concurrent = at_once;
  out.per_window = per_window;
  out.release_margin = 20ms;
  return out;
}

}  // namespace

TEST_CASE("never more than the limit are inside, over two processes", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side one{folder.path(), clock, limits(3)}, other{folder.path(), clock, limits(3)};
  auto first = one.enter(), second = other.enter(), third = one.enter();
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  REQUIRE(third.has_value());
  SECTION("the next one is told that others were ahead") {
    const Patience patience{clock, clock.steady_now(), {}};
    const auto refused = other.gate.enter(patience);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::busy);
    CHECK(refused.error().message.find("omie") != std::string::npos);
    CHECK_FALSE(refused.error().hint.empty());
  }
  SECTION("a place is free again some milliseconds after it was given back") {
    { auto gone = std::move(*second); }
    clock.advance(20ms);
    CHECK(one.enter().has_value());
  }
}

TEST_CASE("a place may be taken only after its margin, because the upstream counts a little longer", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side side{folder.path(), clock, limits(1)};
  {
    auto permit = side.enter();
    REQUIRE(permit.has_value());
  }
  CHECK_FALSE(side.gate.enter(side.patience(0ms)).has_value());
  clock.advance(19ms);
  CHECK_FALSE(side.gate.enter(side.patience(0ms)).has_value());
  clock.advance(1ms);
  CHECK(side.enter().has_value());
}

TEST_CASE("a place that was left in a hurry rests for a second", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side side{folder.path(), clock, limits(1)};
  {
    auto permit = side.enter();
    permit->note_abandoned();
  }
  clock.advance(900ms);
  CHECK_FALSE(side.gate.enter(side.patience(0ms)).has_value());
  clock.advance(100ms);
  CHECK(side.enter().has_value());
}

TEST_CASE("the window slides: a place comes back when the oldest request leaves it", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side one{folder.path(), clock, limits(8, 2)}, other{folder.path(), clock, limits(8, 2)};
  REQUIRE(one.enter().has_value());
  clock.advance(30s);
  REQUIRE(other.enter().has_value());
  clock.advance(29s);
  const auto refused = one.enter(500ms);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(refused.error().hint.find("1 s") != std::string::npos);
  clock.advance(1s);
  CHECK(one.enter().has_value());
  CHECK_FALSE(other.enter().has_value());
}

TEST_CASE("the upstream's total counts every method", "[upstream]") {
  Folder folder;
  ManualClock clock;
  GateLimits each = limits(8);
  each.total_per_window = 2;
  Side side{folder.path(), clock, each};
  Gate another{"omie", "ListarPedidos", each, std::move(*Ledger::open(folder.path() + "/another")), *side.total, clock};
  REQUIRE(side.enter().has_value());
  REQUIRE(another.enter(side.patience(1ms)).has_value());
  CHECK_FALSE(side.enter().has_value());
  CHECK_FALSE(another.enter(side.patience(1ms)).has_value());
}

TEST_CASE("a block sends nothing until it is over, in every process, and says how long", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side one{folder.path(), clock, limits(4)}, other{folder.path(), clock, limits(4)};
  one.gate.block(1790s, "MISUSE_API_PROCESS");
  const auto refused = other.enter(30s);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::unreachable);
  CHECK(refused.error().message.find("nothing was sent") != std::string::npos);
  CHECK(refused.error().hint.find("1790 s") != std::string::npos);
  clock.advance(1790s);
  CHECK(other.enter().has_value());
}

TEST_CASE("after seven faults in a row nothing is sent until a pause is over; an answer forgives", "[upstream]") {
  Folder folder;
  ManualClock clock;
  GateLimits strict = limits(4);
  strict.fault_limit = 7;
  Side side{folder.path(), clock, strict};
  for (int i = 0; i < 7; ++i) {
    REQUIRE(side.enter().has_value());
    clock.advance(20ms);
    side.gate.note_fault("SOAP-ENV:Client-5113");
  }
  const auto refused = side.enter(10s);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::unreachable);
  CHECK(refused.error().message.find("7 times in a row") != std::string::npos);
  CHECK(refused.error().message.find("SOAP-ENV:Client-5113") != std::string::npos);
  clock.advance(61s);
  REQUIRE(side.enter().has_value());
  clock.advance(20ms);
  side.gate.note_answer();
  CHECK(side.enter().has_value());
}

TEST_CASE("near the fault limit fewer go at once, so that all of them may fail", "[upstream]") {
  Folder folder;
  ManualClock clock;
  GateLimits strict = limits(4);
  strict.fault_limit = 7;
  Side side{folder.path(), clock, strict};
  for (int i = 0; i < 6; ++i) side.gate.note_fault("SOAP-ENV:Client-103");
  auto only = side.enter();
  REQUIRE(only.has_value());
  CHECK_FALSE(side.gate.enter(side.patience(0ms)).has_value());
}

TEST_CASE("a cancelled waiter leaves the queue to the others", "[upstream]") {
  Folder folder;
  const tomada::SystemClock clock;
  Side side{folder.path(), clock, limits(1)};
  std::optional<tomada::Result<Gate::Permit>> inside{side.enter()};
  std::stop_source stop;
  std::atomic<bool> was_cancelled{false}, has_entered{false};
  std::thread first{[&] {
    const auto permit = side.gate.enter(side.patience(60s, stop.get_token()));
    was_cancelled = !permit && permit.error().code == ErrorCode::cancelled;
  }};
  std::thread second{[&] { has_entered = static_cast<bool>(side.gate.enter(side.patience(60s))); }};
  stop.request_stop();
  first.join();
  inside.reset();
  second.join();
  CHECK(was_cancelled);
  CHECK(has_entered);
}

TEST_CASE("a failure inside leaves the queue to the others", "[upstream]") {
  struct BrokenClock final : tomada::Clock {
    tomada::SteadyTime steady_now() const override { return time.steady_now(); }
    tomada::WallTime wall_now() const override {
      if (is_broken) throw std::runtime_error("no time");
      return time.wall_now();
    }
    ManualClock time;
    bool is_broken = false;
  };
  Folder folder;
  BrokenClock clock;
  Side side{folder.path(), clock, limits(1)};
  clock.is_broken = true;
  CHECK_THROWS_WITH(side.enter(), "no time");
  clock.is_broken = false;
  CHECK(side.enter().has_value());
}

TEST_CASE("many threads of two processes all get in, never too many at once", "[upstream]") {
  Folder folder;
  const tomada::SystemClock clock;
  GateLimits tight = limits(3);
  tight.release_margin = 1ms;
  Side one{folder.path(), clock, tight}, other{folder.path(), clock, tight};
  std::atomic<int> inside{0}, most{0}, done{0};
  const auto work = [&](Side& side) {
    const auto permit = side.gate.enter(side.patience(60s));
    if (!permit) return;
    const int now = ++inside;
    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    std::this_thread::yield();
    --inside;
    ++done;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 40; ++i) threads.emplace_back([&, i] { work(i % 2 ? one : other); });
  for (auto& thread : threads) thread.join();
  CHECK(done == 40);
  CHECK(most <= 3);
}

TEST_CASE("a process that is killed frees its places at once", "[upstream]") {
  Folder folder;
  ManualClock clock;
  int told[2];
  REQUIRE(::pipe(told) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Side side{folder.path(), clock, limits(1)};
    const auto permit = side.enter();
    const char word = permit ? 'y' : 'n';
    if (::write(told[1], &word, 1) == 1) ::pause();
    ::_exit(1);
  }
  char word = 0;
  REQUIRE(::read(told[0], &word, 1) == 1);
  REQUIRE(word == 'y');
  Side side{folder.path(), clock, limits(1)};
  CHECK_FALSE(side.gate.enter(side.patience(0ms)).has_value());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(told[0]);
  ::close(told[1]);
  CHECK(side.enter().has_value());
}

TEST_CASE("a record of another layout begins anew", "[upstream]") {
  Folder folder;
  ManualClock clock;
  {
    auto file = std::move(*SharedFile::open(folder.path() + "/method", 4096));
    const std::string nonsense(4096, 'x');
    REQUIRE(file.write(0, nonsense.data(), nonsense.size()));
  }
  Side side{folder.path(), clock, limits(1, 5)};
  CHECK(side.enter().has_value());
}

TEST_CASE("a wait that the upstream asked for holds the method in every process", "[upstream]") {
  Folder folder;
  ManualClock clock;
  Side one{folder.path(), clock, limits(4)}, other{folder.path(), clock, limits(4)};
  one.gate.hold(5s);
  const auto refused = other.enter(1s);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(refused.error().hint.find("5 s") != std::string::npos);
  clock.advance(5s);
  CHECK(other.enter().has_value());
}
