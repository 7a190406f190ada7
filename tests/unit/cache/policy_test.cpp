// What the cache keeps, on recorded requests: the policy alone, unsharded, against the textbook ones.
#include "core/cache/shard.hpp"
#include "tests/support/shared.hpp"
#include "tests/unit/cache/policies.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

using namespace tomada;
using test::Key;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t most_requests = 20'000;  // the numbers are of the release build; here only what may break
#else
constexpr std::size_t most_requests = 1'500'000;
#endif

struct Row {
  const char* trace;
  bool is_big_endian;
  std::size_t entries;
};
constexpr Row rows[] = {{"web07", true, 1000},     {"web12", true, 1000},     {"web12", true, 2000},
                        {"orm-busy", false, 1000}, {"orm-busy", false, 5000}, {"orm-night", false, 5000}};

std::vector<Key> read(const std::filesystem::path& folder, const Row& row) {
  const auto command = "xz -dc " + (folder / row.trace).string() + ".trace.xz";
  std::vector<Key> out;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{::popen(command.c_str(), "r"), &::pclose};
  unsigned char bytes[4];
  while (out.size() < most_requests && std::fread(bytes, 1, 4, file.get()) == 4) {
    const auto at = [&](int place) { return Key{bytes[row.is_big_endian ? place : 3 - place]}; };
    out.push_back(at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3));
  }
  return out;
}

// Ours, by the number of entries: all weigh the same.
class Ours final {
 public:
  explicit Ours(std::size_t entries) : shard_{entries * (cache::Shard::overhead_bytes + key_bytes)} {
    cache::Entry entry;
    entry.time_to_live = Milliseconds{1'000'000'000};
    entry_ = std::make_shared<const cache::Entry>(entry);
  }
  bool ask(Key key) {
    char text[key_bytes + 1];
    std::snprintf(text, sizeof text, "%08x", key);
    const cache::Asked name{std::string_view{text, key_bytes}};
    if (shard_.find(name, now, cache::Shard::Count::yes).is_fresh()) return true;
    (void)shard_.land(name, entry_, now);
    return false;
  }

 private:
  static constexpr std::size_t key_bytes = 8;
  static constexpr SteadyTime now{Milliseconds{1}};
  cache::Shard shard_;
  std::shared_ptr<const cache::Entry> entry_;
};

template <class Policy>
double ratio(const std::vector<Key>& requests, std::size_t entries) {
  Policy policy{entries};
  std::size_t hits = 0;
  for (const Key key : requests) hits += policy.ask(key);
  return 100.0 * static_cast<double>(hits) / static_cast<double>(requests.size());
}

}  // namespace

TEST_CASE("on recorded requests ours keeps up with the best of the textbook policies", "[cache]") {
  const auto folder = test::shared("cache-traces");
  if (folder.empty()) return;
  std::printf("%-10s %7s %7s %7s %7s %7s %7s\n", "trace", "entries", "LRU", "SIEVE", "S3-FIFO", "W-TLFU", "ours");
  for (const auto& row : rows) {
    const auto requests = read(folder, row);
    REQUIRE(requests.size() > 10'000);
    const double lru = ratio<test::LeastRecentlyUsed>(requests, row.entries);
    const double sieve = ratio<test::Sieve>(requests, row.entries);
    const double s3 = ratio<test::S3Fifo>(requests, row.entries);
    const double lfu = ratio<test::WindowTinyLfu>(requests, row.entries);
    const double ours = ratio<Ours>(requests, row.entries);
    std::printf("%-10s %7zu %7.1f %7.1f %7.1f %7.1f %7.1f\n", row.trace, row.entries, lru, sieve, s3, lfu, ours);
    INFO(row.trace << " with " << row.entries << " entries");
    CHECK(ours > std::max({lru, sieve, s3, lfu}) - 1.5);
  }
}

TEST_CASE("a sweep over everything pushes nothing out that is in use", "[cache]") {
  Ours cache{1000};
  const auto ask_for_the_used = [&] {
    int hits = 0;
    for (Key key = 0; key < 500; ++key) hits += cache.ask(key);
    return hits;
  };
  for (int i = 0; i < 4; ++i) (void)ask_for_the_used();
  for (Key key = 10'000; key < 60'000; ++key) (void)cache.ask(key);
  CHECK(ask_for_the_used() == 500);
}
