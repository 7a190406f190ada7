#include "core/cache/result_cache.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using tomada::Milliseconds;
using tomada::cache::Age;
using tomada::cache::Entry;
using tomada::cache::ResultCache;
using tomada::test::ManualClock;

namespace {

std::shared_ptr<const Entry> entry_of(std::string text, Milliseconds time_to_live = 60s) {
  Entry out;
  out.structured = std::move(text);
  out.time_to_live = time_to_live;
  return std::make_shared<const Entry>(std::move(out));
}

void ignore(std::shared_ptr<const Entry>) {}

}  // namespace

TEST_CASE("a kept entry is found until its time to live has passed", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  cache.land("key", entry_of("42", 60s));
  clock.advance(56s);  // jitter takes at most a sixteenth off
  REQUIRE(cache.find("key").is_fresh());
  CHECK(cache.find("key").entry->structured == "42");
  clock.advance(4s);
  CHECK_FALSE(cache.find("key").is_fresh());
  CHECK_FALSE(cache.find("another").is_fresh());
  CHECK(cache.statistics().hits == 2);
  CHECK(cache.statistics().misses == 2);
}

TEST_CASE("the time to live begins when the facts were kept, not when they landed", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  Entry old;
  old.time_to_live = 60s;
  old.kept_at = clock.steady_now();
  clock.advance(50s);
  cache.land("key", std::make_shared<const Entry>(old));
  CHECK(cache.peek("key").is_fresh());
  clock.advance(10s);
  CHECK_FALSE(cache.peek("key").is_fresh());
}

TEST_CASE("entries kept together do not expire together", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  for (int i = 0; i < 100; ++i) cache.land(std::to_string(i), entry_of("x", 1600s));
  clock.advance(1550s);
  int alive = 0;
  for (int i = 0; i < 100; ++i) alive += cache.peek(std::to_string(i)).is_fresh();
  CHECK(alive > 20);
  CHECK(alive < 80);
}

TEST_CASE("an entry without a time to live is not kept", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  cache.land("key", entry_of("x", 0s));
  CHECK_FALSE(cache.find("key").is_fresh());
}

TEST_CASE("bytes stay within the capacity and what is used survives", "[cache]") {
  ManualClock clock;
  ResultCache cache{100'000, clock};
  cache.land("wanted", entry_of(std::string(1000, 'w')));
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(cache.find("wanted").is_fresh());
    cache.land(std::to_string(i), entry_of(std::string(1000, 'x')));
    REQUIRE(cache.statistics().bytes <= 100'000);
  }
  CHECK(cache.statistics().evictions > 900);
  CHECK(cache.statistics().entries > 60);
  CHECK(cache.statistics().capacity == 100'000);
}

TEST_CASE("an entry too large for its share is not kept and pushes nothing out", "[cache]") {
  ManualClock clock;
  ResultCache cache{100'000, clock};
  cache.land("small", entry_of("s"));
  cache.land("large", entry_of(std::string(30'000, 'x')));
  CHECK_FALSE(cache.find("large").is_fresh());
  CHECK(cache.find("small").is_fresh());
}

TEST_CASE("a newer entry replaces the older one and frees its bytes", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  cache.land("key", entry_of(std::string(5000, 'a')));
  const auto before = cache.statistics().bytes;
  cache.land("key", entry_of("b"));
  CHECK(cache.find("key").entry->structured == "b");
  CHECK(cache.statistics().bytes == before - 4999);
  CHECK(cache.statistics().entries == 1);
}

TEST_CASE("the first to join leads, the others hear how its flight ended", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  std::vector<std::string> heard;
  const auto listen = [&](std::shared_ptr<const Entry> entry) { heard.push_back(entry ? entry->structured : "null"); };
  REQUIRE(cache.join("key", {}, ignore) == ResultCache::Place::leader);
  REQUIRE(cache.join("key", {}, listen) == ResultCache::Place::follower);
  REQUIRE(cache.join("key", {}, listen) == ResultCache::Place::follower);
  REQUIRE(cache.join("other", {}, ignore) == ResultCache::Place::leader);
  cache.land("key", entry_of("answer"));
  CHECK(heard == std::vector<std::string>{"answer", "answer"});
  CHECK(cache.statistics().followers == 2);
  CHECK(cache.join("key", {}, ignore) == ResultCache::Place::leader);  // the flight is over
  cache.land("key", nullptr);
  cache.land("other", nullptr);
}

TEST_CASE("a leader that gives up tells its followers with null and keeps nothing", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  bool was_null = false;
  REQUIRE(cache.join("key", {}, ignore) == ResultCache::Place::leader);
  (void)cache.join("key", {}, [&](std::shared_ptr<const Entry> entry) { was_null = entry == nullptr; });
  cache.land("key", nullptr);
  CHECK(was_null);
  CHECK_FALSE(cache.find("key").is_fresh());
}

TEST_CASE("a failure reaches the followers and is never kept", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  std::string heard;
  (void)cache.join("key", {}, ignore);
  (void)cache.join("key", {}, [&](std::shared_ptr<const Entry> entry) { heard = entry->failure->message; });
  Entry failed;
  failed.failure = tomada::cache::Failure{1, "omie does not answer", {}};
  failed.time_to_live = 60s;
  cache.land("key", std::make_shared<const Entry>(failed));
  CHECK(heard == "omie does not answer");
  CHECK_FALSE(cache.find("key").is_fresh());
}

TEST_CASE("a follower may use the cache again while it is being called", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  std::string found;
  (void)cache.join("key", {}, ignore);
  (void)cache.join("key", {}, [&](std::shared_ptr<const Entry>) { found = cache.find("key").entry->structured; });
  cache.land("key", entry_of("answer"));
  CHECK(found == "answer");
}

TEST_CASE("clear forgets everything, also what flights in the air bring", "[cache]") {
  ManualClock clock;
  ResultCache cache{64 << 20, clock};
  for (int i = 0; i < 100; ++i) cache.land(std::to_string(i), entry_of("x"));
  std::string heard;
  (void)cache.join("flying", {}, ignore);
  (void)cache.join("flying", {}, [&](std::shared_ptr<const Entry> entry) { heard = entry->structured; });
  cache.clear();
  CHECK(cache.statistics().entries == 0);
  CHECK(cache.statistics().bytes == 0);
  cache.land("flying", entry_of("old"));
  CHECK(heard == "old");
  CHECK_FALSE(cache.find("flying").is_fresh());
  cache.land("flying", entry_of("new"));
  CHECK(cache.find("flying").is_fresh());
}

TEST_CASE("many threads asking for the same keys fly once per key and all get an answer", "[cache]") {
  ManualClock clock;
  ResultCache cache{4 << 20, clock};
  constexpr int keys = 50, threads = 8;
  std::atomic<int> flights{0}, answers{0};
  const auto ask = [&](const std::string& key) {
    if (cache.find(key).is_fresh()) return static_cast<void>(++answers);
    const auto place = cache.join(key, {}, [&](std::shared_ptr<const Entry> entry) { answers += entry != nullptr; });
    if (place == ResultCache::Place::follower) return;
    auto kept = cache.peek(key).entry;
    if (!kept) ++flights, kept = entry_of(key);
    cache.land(key, kept);
    ++answers;
  };
  std::vector<std::thread> pool;
  for (int t = 0; t < threads; ++t)
    pool.emplace_back([&] {
      for (int i = 0; i < keys * 20; ++i) ask(std::to_string(i % keys));
    });
  for (auto& thread : pool) thread.join();
  CHECK(flights == keys);
  CHECK(answers == keys * 20 * threads);
}

TEST_CASE("a stale entry is told from a fresh one, and from one that only a failure may bring back", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  Entry entry;
  entry.time_to_live = 60s;
  entry.stale_while_revalidate = 30s;
  entry.stale_if_error = 600s;
  entry.structured = "42";
  cache.land("key", std::make_shared<const Entry>(entry));
  CHECK(cache.find("key").is_fresh());
  clock.advance(61s);
  CHECK(cache.find("key").age == Age::to_refresh);
  CHECK(cache.find("key").entry->structured == "42");
  clock.advance(30s);
  CHECK(cache.find("key").age == Age::on_error);
  clock.advance(600s);
  CHECK(cache.find("key").entry == nullptr);
  CHECK(cache.statistics().hits == 1);
  CHECK(cache.statistics().stale == 2);
  CHECK(cache.statistics().misses == 2);
}

TEST_CASE("a write makes untrue what it touches, and what is in the air", "[cache]") {
  using tomada::cache::Matter;
  ManualClock clock;
  ResultCache cache{64 << 20, clock};
  const auto made_of = [](Matter matter) {
    Entry out;
    out.matter = std::move(matter);
    out.time_to_live = 60s;
    return std::make_shared<const Entry>(out);
  };
  const Matter receivables{"erp", {"titles", "partners"}}, orders{"erp", {"orders"}}, whole{"erp", {}};
  const Matter other{"filial", {"titles"}};
  cache.land("receivables", made_of(receivables));
  cache.land("orders", made_of(orders));
  cache.land("whole", made_of(whole));
  cache.land("other", made_of(other));
  (void)cache.join("flying", receivables, ignore);
  (void)cache.join("flying orders", orders, ignore);
  cache.dirty({"erp", {"titles"}});
  cache.land("flying", made_of(receivables));
  cache.land("flying orders", made_of(orders));
  for (const char* gone : {"receivables", "whole", "flying"}) CHECK_FALSE(cache.peek(gone).is_fresh());
  for (const char* kept : {"orders", "other", "flying orders"}) CHECK(cache.peek(kept).is_fresh());
  cache.dirty({"erp", {}});
  CHECK_FALSE(cache.peek("orders").is_fresh());
  CHECK(cache.peek("other").is_fresh());
  CHECK(cache.statistics().entries == 1);
}

TEST_CASE("who asks after a write does not ride with a flight from before it", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  REQUIRE(cache.join("key", {"erp", {"payables"}}, ignore) == ResultCache::Place::leader);
  REQUIRE(cache.join("key", {"erp", {"payables"}}, ignore) == ResultCache::Place::follower);
  cache.dirty({"erp", {"payables"}});
  CHECK(cache.join("key", {"erp", {"payables"}}, ignore) == ResultCache::Place::alone);
  cache.land("key", entry_of("from before"));
  CHECK_FALSE(cache.find("key").entry);
  CHECK(cache.join("key", {"erp", {"payables"}}, ignore) == ResultCache::Place::leader);
}

TEST_CASE("what a write may have touched that failed serves only when a new look fails", "[cache]") {
  ManualClock clock;
  ResultCache cache{1 << 20, clock};
  Entry known;
  known.matter = {"erp", {"payables"}};
  known.time_to_live = known.stale_while_revalidate = 60s;
  known.stale_if_error = 4h;
  cache.land("key", std::make_shared<const Entry>(known));
  cache.dirty({"erp", {"receivables"}}, ResultCache::Write::unknown);
  CHECK(cache.find("key").is_fresh());
  cache.dirty({"erp", {"payables"}}, ResultCache::Write::unknown);
  REQUIRE(cache.find("key").entry);
  CHECK(cache.find("key").age == Age::on_error);
  cache.dirty({"erp", {"payables"}});
  CHECK_FALSE(cache.find("key").entry);
}
