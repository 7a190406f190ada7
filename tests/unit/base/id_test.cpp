#include "core/base/id.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace tomada;

TEST_CASE("an id is as many lower-case hex digits as were asked for") {
  for (const std::size_t bytes : {0u, 1u, 8u, 16u, 511u, 512u, 513u, 2000u}) {
    const std::string id = random_hex(bytes);
    CHECK(id.size() == bytes * 2);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("every digit occurs at every place") {
  std::vector<std::set<char>> seen(32);
  for (int i = 0; i < 1000; ++i) {
    const std::string id = random_hex(16);
    for (std::size_t at = 0; at < id.size(); ++at) seen[at].insert(id[at]);
  }
  CHECK(std::all_of(seen.begin(), seen.end(), [](const auto& digits) { return digits.size() == 16; }));
}

TEST_CASE("ids of several threads differ") {
  std::mutex mutex;
  std::set<std::string> ids;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 500; ++k) {
        const std::string id = random_hex(8);
        const std::lock_guard lock{mutex};
        ids.insert(id);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(ids.size() == 2000);
}
