#include "core/cache/hot_set.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <sys/stat.h>

using namespace std::chrono_literals;
using namespace tomada;
using namespace tomada::cache;

namespace {

std::shared_ptr<const Entry> result(const Clock& clock, std::string text) {
  Entry out;
  out.structured = std::move(text);
  out.content = R"([{"type":"text","text":"Ação"}])";
  out.source = "omie";
  out.matter = {"erp", {"titles"}};
  out.kept_at = clock.steady_now();
  out.read_at = clock.wall_now() - 5s;
  out.time_to_live = 60s;
  out.stale_if_error = 3600s;
  return std::make_shared<const Entry>(std::move(out));
}

std::string whole(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

struct Run {
  test::ManualClock& clock;
  ResultCache cache{8 << 20, clock};
  void ask(const std::string& key, int times) {
    cache.land(key, result(clock, "\"" + key + "\""));
    for (int i = 0; i < times; ++i) (void)cache.find(key);
  }
};

}  // namespace

TEST_CASE("what was in use is known to the next run, as old as it is", "[cache]") {
  const storage::test::Folder folder;
  const auto path = folder.file("results.hot");
  test::ManualClock clock;
  Run before{clock};
  before.ask("often", 5);
  before.ask("once", 0);
  clock.advance(30s);
  REQUIRE(save_hot_set(before.cache, path, "same", clock));
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  clock.advance(10s);
  Run after{clock};
  CHECK(load_hot_set(after.cache, path, "same", clock) == 1);
  const auto known = after.cache.peek("often");
  REQUIRE(known.is_fresh());
  CHECK(known.entry->structured == "\"often\"");
  CHECK(known.entry->content == R"([{"type":"text","text":"Ação"}])");
  CHECK(clock.wall_now() - known.entry->read_at == 45s);
  CHECK(known.entry->matter.is_touched_by({"erp", {"titles"}}));
  clock.advance(21s);
  CHECK(after.cache.peek("often").age == Age::on_error);  // its time goes on from where it was
  CHECK(after.cache.peek("once").entry == nullptr);
}

TEST_CASE("under other circumstances nothing is known", "[cache]") {
  const storage::test::Folder folder;
  const auto path = folder.file("results.hot");
  test::ManualClock clock;
  Run before{clock};
  before.ask("key", 2);
  REQUIRE(save_hot_set(before.cache, path, "company a", clock));
  Run after{clock};
  CHECK(load_hot_set(after.cache, path, "company b", clock) == 0);
  CHECK(load_hot_set(after.cache, folder.file("nowhere"), "company a", clock) == 0);
  CHECK(after.cache.statistics().entries == 0);
}

TEST_CASE("a damaged file gives what is whole in it", "[cache]") {
  const storage::test::Folder folder;
  const auto path = folder.file("results.hot");
  test::ManualClock clock;
  Run before{clock};
  for (const char* key : {"a", "b", "c"}) before.ask(key, 2);
  REQUIRE(save_hot_set(before.cache, path, "same", clock));
  const auto good = whole(path);
  for (std::size_t size = 0; size < good.size(); size += 7) {
    std::ofstream{path, std::ios::binary} << good.substr(0, size);
    Run after{clock};
    CHECK(load_hot_set(after.cache, path, "same", clock) <= 3);
  }
  std::ofstream{path, std::ios::binary}
      << "tomada hot set 1 same\n[]\n{\"key\":7}\n{\"key\":\"x\",\"plugin\":\"erp\",\"tags\":7}\n\xff\n";
  Run after{clock};
  CHECK(load_hot_set(after.cache, path, "same", clock) == 0);
}

TEST_CASE("what this run has learned is newer than what the last one knew", "[cache]") {
  const storage::test::Folder folder;
  const auto path = folder.file("results.hot");
  test::ManualClock clock;
  Run before{clock};
  before.ask("key", 2);
  REQUIRE(save_hot_set(before.cache, path, "same", clock));
  Run after{clock};
  after.cache.land("key", result(clock, "\"new\""));
  CHECK(load_hot_set(after.cache, path, "same", clock) == 0);
  CHECK(after.cache.peek("key").entry->structured == "\"new\"");
}
