#include "core/registry/changes.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace tomada::registry;

namespace {

struct Heard {
  Changed what;
  std::string uri;
  friend bool operator==(const Heard&, const Heard&) = default;
};

}  // namespace

TEST_CASE("whoever subscribed hears what changed, a resource with its URI") {
  Changes changes;
  std::vector<Heard> first, second;
  const auto one = changes.subscribe([&](Changed what, std::string_view uri) {
    first.push_back({what, std::string{uri}});
  });
  const auto two = changes.subscribe([&](Changed what, std::string_view uri) {
    second.push_back({what, std::string{uri}});
  });
  changes.tell(Changed::tools);
  changes.tell_updated("erp://customers/7");
  const std::vector<Heard> all{{Changed::tools, ""}, {Changed::resource, "erp://customers/7"}};
  CHECK(first == all);
  CHECK(second == all);
}

TEST_CASE("a subscription ends with its owner, moved or replaced, and may outlive the hub") {
  std::optional<Changes> changes{std::in_place};
  int heard = 0;
  const auto count = [&](Changed, std::string_view) { ++heard; };
  Changes::Subscription kept;
  {
    auto given = changes->subscribe(count);
    kept = std::move(given);
  }
  changes->tell(Changed::prompts);
  CHECK(heard == 1);
  kept = changes->subscribe(count);
  changes->tell(Changed::prompts);
  CHECK(heard == 2);
  kept = {};
  changes->tell(Changed::prompts);
  CHECK(heard == 2);
  kept = changes->subscribe(count);
  changes.reset();
}

TEST_CASE("a listener may subscribe, unsubscribe and tell while it is told") {
  Changes changes;
  int heard = 0;
  Changes::Subscription late;
  std::optional<Changes::Subscription> self;
  self = changes.subscribe([&](Changed what, std::string_view) {
    ++heard;
    if (what != Changed::tools) return;
    late = changes.subscribe([&](Changed, std::string_view) { heard += 10; });
    changes.tell(Changed::resources);
    self.reset();
  });
  changes.tell(Changed::tools);
  CHECK(heard == 12);
  changes.tell(Changed::tools);
  CHECK(heard == 22);
}

TEST_CASE("many threads may tell while others come and go") {
  Changes changes;
  std::atomic<int> heard{0};
  const auto staying = changes.subscribe([&](Changed, std::string_view) { ++heard; });
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto passing = changes.subscribe([](Changed, std::string_view) {});
        changes.tell_updated("erp://orders");
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(heard == 800);
}
