// What every store promises, asked of both.
#include "core/storage/store.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <thread>
#include <vector>

using namespace std::chrono_literals;
using tomada::storage::Store;
using tomada::storage::test::ok;

namespace {

struct Sqlite {
  tomada::storage::test::Folder folder;
  tomada::test::ManualClock clock;
  std::unique_ptr<Store> store = tomada::storage::open_sqlite(folder.file("state.db"), clock).value();
};

struct Memory {
  tomada::test::ManualClock clock;
  std::unique_ptr<Store> store = tomada::storage::make_memory_store(clock);
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs scan(const Store& store, std::string_view space, std::string_view prefix) {
  Pairs out;
  const auto keep = [&](std::string_view key, std::string_view value) { out.emplace_back(key, value); };
  REQUIRE(ok(store.scan(space, prefix, keep)));
  return out;
}

}  // namespace

TEMPLATE_TEST_CASE("A record comes back as it was put", "[store]", Sqlite, Memory) {
  TestType with;
  const std::string bytes{"a\0b\xff\n\"", 6};
  REQUIRE(ok(with.store->put("rules", "one", bytes)));
  CHECK(with.store->get("rules", "one").value() == bytes);
  REQUIRE(ok(with.store->put("rules", "one", "")));
  CHECK(with.store->get("rules", "one").value() == std::string{});
}

TEMPLATE_TEST_CASE("What was never put is absent, also in the neighbouring space", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("rules", "one", "1")));
  CHECK_FALSE(with.store->get("rules", "two").value());
  CHECK_FALSE(with.store->get("states", "one").value());
}

TEMPLATE_TEST_CASE("Erasing says whether something was there", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("rules", "one", "1")));
  CHECK(with.store->erase("rules", "one").value());
  CHECK_FALSE(with.store->erase("rules", "one").value());
  CHECK_FALSE(with.store->get("rules", "one").value());
}

TEMPLATE_TEST_CASE("A scan gives the keys of one prefix and one space in order", "[store]", Sqlite, Memory) {
  TestType with;
  for (const char* key : {"b/2", "a/1", "b/1", "b", "c", "b\xc3\xa3"}) REQUIRE(ok(with.store->put("s", key, key)));
  REQUIRE(ok(with.store->put("t", "b/3", "elsewhere")));
  CHECK(scan(*with.store, "s", "b/") == Pairs{{"b/1", "b/1"}, {"b/2", "b/2"}});
  CHECK(scan(*with.store, "s", "").size() == 6);
  CHECK(scan(*with.store, "s", "nothing").empty());
}

TEMPLATE_TEST_CASE("A scan may write to the store it reads", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("s", "a", "1")));
  REQUIRE(ok(with.store->put("s", "b", "2")));
  const auto erase = [&](std::string_view key, std::string_view) { CHECK(with.store->erase("s", key).value()); };
  REQUIRE(ok(with.store->scan("s", "", erase)));
  CHECK(scan(*with.store, "s", "").empty());
}

TEMPLATE_TEST_CASE("A record with a time to live is gone when the clock says so", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("s", "short", "1", 1000ms)));
  REQUIRE(ok(with.store->put("s", "ever", "1")));
  with.clock.advance(999ms);
  CHECK(with.store->get("s", "short").value());
  with.clock.advance(1ms);
  CHECK_FALSE(with.store->get("s", "short").value());
  CHECK(scan(*with.store, "s", "").size() == 1);
  CHECK_FALSE(with.store->erase("s", "short").value());
  CHECK(with.store->replace("s", "short", std::nullopt, "2").value());
  with.clock.advance(24h);
  CHECK(with.store->get("s", "short").value() == "2");
}

TEMPLATE_TEST_CASE("Compare and swap changes only what is as expected", "[store]", Sqlite, Memory) {
  TestType with;
  CHECK_FALSE(with.store->replace("s", "k", "old", "new").value());
  CHECK(with.store->replace("s", "k", std::nullopt, "first").value());
  CHECK_FALSE(with.store->replace("s", "k", std::nullopt, "second").value());
  CHECK_FALSE(with.store->replace("s", "k", "other", "second").value());
  CHECK(with.store->replace("s", "k", "first", "second").value());
  CHECK(with.store->get("s", "k").value() == "second");
}

TEMPLATE_TEST_CASE("The version of a space grows with its changes and only with them", "[store]", Sqlite, Memory) {
  TestType with;
  const auto version = [&] { return with.store->version("s").value(); };
  const auto first = version();
  REQUIRE(ok(with.store->put("t", "k", "1")));
  CHECK_FALSE(with.store->erase("s", "k").value());
  CHECK_FALSE(with.store->replace("s", "k", "x", "y").value());
  CHECK(version() == first);
  REQUIRE(ok(with.store->put("s", "k", "1")));
  const auto second = version();
  CHECK(second > first);
  REQUIRE(with.store->replace("s", "k", "1", "2").value());
  const auto third = version();
  CHECK(third > second);
  REQUIRE(with.store->erase("s", "k").value());
  CHECK(version() > third);
}

TEMPLATE_TEST_CASE("A healthy store passes its probe", "[store]", Sqlite, Memory) {
  TestType with;
  CHECK(ok(with.store->probe()));
}

TEMPLATE_TEST_CASE("Of many threads that swap a counter none loses a step", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("s", "n", "0")));
  const auto count = [&] {
    for (int done = 0; done < 25;) {
      const std::string before = **with.store->get("s", "n");
      done += with.store->replace("s", "n", before, std::to_string(std::stoi(before) + 1)).value() ? 1 : 0;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(count);
  for (auto& thread : threads) thread.join();
  CHECK(with.store->get("s", "n").value() == "100");
}

TEMPLATE_TEST_CASE("A replaced record lives as long as its last writer said", "[store]", Sqlite, Memory) {
  TestType with;
  REQUIRE(ok(with.store->put("s", "a", "1", 1s)));
  CHECK(with.store->replace("s", "a", "1", "2", 10s).value());
  with.clock.advance(5s);
  CHECK(with.store->get("s", "a").value() == "2");
  with.clock.advance(6s);
  CHECK_FALSE(with.store->get("s", "a").value());
  CHECK(with.store->replace("s", "a", std::nullopt, "3").value());
  with.clock.advance(1h);
  CHECK(with.store->get("s", "a").value() == "3");
}
