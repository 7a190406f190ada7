// Two instances that share their results: one tool run serves both, and whatever happens between them an answer from
// before a write is not kept by either.
#include "core/base/text.hpp"
#include "core/dispatch/stages/cache.hpp"
#include "tests/support/fake_redis.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace tomada;
using namespace std::chrono_literals;
using registry::Origin;
using test::answer;
using test::ask;
using test::Asked;
using test::FakeRedis;
using test::FakeWire;

namespace {

struct Erp {  // what is true, by tag
  std::map<std::string, int> written;
};

registry::ToolDescription reader(const std::string& tag) {
  registry::ToolDescription out;
  out.name = "read_" + tag;
  out.plugin = "erp";
  out.version = "1";
  out.annotations = registry::reading_only;
  out.cache = registry::CachePolicy{Milliseconds{60'000}, Milliseconds{0}, Milliseconds{600'000}};
  out.cache->tags = {tag};
  return out;
}

registry::ToolDescription writer(const std::string& tag) {
  registry::ToolDescription out;
  out.name = "write_" + tag;
  out.plugin = "erp";
  out.version = "1";
  out.dirties = {tag};
  return out;
}

// Reads the truth at its beginning and answers when the test says so; writes change the truth at their beginning.
struct Instance {
  struct Running {
    std::shared_ptr<registry::Call> call;
    std::string seen;
  };

  Instance(FakeRedis& redis, Erp& books, const Clock& clock)
      : erp{books},
        first{1 << 20, clock},
        wire{new FakeWire{redis}},
        second{{"tomada:", 0ms}, first, std::unique_ptr<cache::Wire>{wire}, clock} {
    second.belong_to(CipherKey{});
    std::vector<std::shared_ptr<registry::Tool>> tools;
    for (const std::string tag : {"titles", "stock"}) {
      tools.push_back(std::make_shared<test::ScriptedTool>(reader(tag), [this, tag](auto call) {
        ++runs;
        running.push_back({std::move(call), std::to_string(erp.written[tag])});
      }));
      tools.push_back(std::make_shared<test::ScriptedTool>(writer(tag), [this, tag](auto call) {
        running.push_back({std::move(call), std::to_string(++erp.written[tag])});
      }));
    }
    registry.publish(test::catalogue(tools));
    std::vector<std::unique_ptr<dispatch::Stage>> stages;
    stages.push_back(std::make_unique<dispatch::Cache>(first, clock, &second));
    dispatcher = std::make_unique<dispatch::Dispatcher>(registry, std::move(stages), clock);
    second.work(0ms);
  }
  ~Instance() {
    second.stop();
    while (!running.empty()) finish(0);
  }
  Asked run(const std::string& tool, std::string_view arguments = "{}", Principal who = {}) {
    auto asked = ask(tool, arguments, std::move(who));
    dispatcher->run(asked.call);
    return asked;
  }
  void finish(std::size_t which) {
    auto one = running.at(which);
    running.erase(running.begin() + static_cast<std::ptrdiff_t>(which));
    one.call->finish(answer(one.seen));
  }
  // Everything to its end, as if nobody else were there.
  registry::Outcome whole(const std::string& tool, std::string_view arguments = "{}", Principal who = {}) {
    const auto asked = run(tool, arguments, std::move(who));
    for (int i = 0; i < 8 && asked.heard->empty(); ++i) {
      second.work(0ms);
      while (!running.empty()) finish(0);
    }
    REQUIRE(asked.heard->size() == 1);
    second.work(0ms);
    return asked.heard->front();
  }

  Erp& erp;
  cache::ResultCache first;
  FakeWire* wire;
  cache::SecondLevel second;
  registry::Registry registry;
  std::vector<Running> running;
  int runs = 0;
  std::unique_ptr<dispatch::Dispatcher> dispatcher;
};

struct Town {
  test::ManualClock clock;
  FakeRedis redis{};
  Erp erp{};
  Instance here{redis, erp, clock};
  Instance there{redis, erp, clock};
};

}  // namespace

TEST_CASE("two instances need one run of a tool") {
  Town town;
  CHECK(town.here.whole("read_titles").freshness.origin == Origin::live);
  town.clock.advance(10s);
  const auto shared = town.there.whole("read_titles");
  CHECK(shared.freshness.origin == Origin::cache);
  CHECK(shared.freshness.age == 10s);
  CHECK(shared.structured == "0");
  CHECK(town.there.whole("read_titles").freshness.origin == Origin::cache);  // now its own
  CHECK(town.here.runs + town.there.runs == 1);
  CHECK(town.there.second.statistics().hits == 1);
}

TEST_CASE("followers hear what the leader found in the second level") {
  Town town;
  (void)town.here.whole("read_titles");
  const auto leader = town.there.run("read_titles"), follower = town.there.run("read_titles");
  CHECK(leader.heard->empty());
  CHECK(follower.heard->empty());
  town.there.second.work(0ms);
  REQUIRE(leader.heard->size() == 1);
  REQUIRE(follower.heard->size() == 1);
  CHECK(follower.heard->front().structured == "0");
  CHECK(town.there.runs == 0);
}

TEST_CASE("a new look that is asked for is made, and the other instance has it then") {
  Town town;
  (void)town.here.whole("read_titles");
  town.erp.written["titles"] = 7;  // by somebody in the ERP itself
  CHECK(town.there.whole("read_titles", R"({"fresh":true})").structured == "7");
  CHECK(town.there.runs == 1);
  town.clock.advance(40s);
  CHECK(town.here.whole("read_titles").structured == "0");  // its own is still fresh
  Instance third{town.redis, town.erp, town.clock};
  CHECK(third.whole("read_titles").structured == "7");
  CHECK(third.runs + town.there.runs == 1);
}

TEST_CASE("what another instance knew serves when the ERP cannot be reached") {
  Town town;
  (void)town.here.whole("read_titles");
  town.clock.advance(300s);
  const auto asked = town.there.run("read_titles");
  town.there.second.work(0ms);
  REQUIRE(town.there.running.size() == 1);
  auto failed = registry::Outcome::tool_error("no answer");
  failed.has_upstream_failed = true;
  town.there.running.front().call->finish(failed);
  town.there.running.clear();
  REQUIRE(asked.heard->size() == 1);
  CHECK(asked.heard->front().structured == "0");
  CHECK(asked.heard->front().freshness.origin == Origin::stale);
}

TEST_CASE("a call that ends while it is parked leaves nobody waiting") {
  Town town;
  const auto leader = town.here.run("read_titles"), follower = town.here.run("read_titles");
  CHECK(leader.call->finish(registry::Outcome::failed(registry::OutcomeKind::cancelled, "")));
  for (int i = 0; i < 3; ++i) town.here.second.work(0ms);
  REQUIRE(town.here.running.size() == 1);
  town.here.finish(0);
  REQUIRE(follower.heard->size() == 1);
  CHECK(follower.heard->front().structured == "0");
}

TEST_CASE("a call goes on at once when the store is gone") {
  Town town;
  town.redis.is_dead = true;
  const auto parked = town.here.run("read_titles");
  town.here.second.work(0ms);
  REQUIRE(town.here.running.size() == 1);
  town.here.finish(0);
  CHECK(parked.heard->front().structured == "0");
  (void)town.here.run("read_stock");
  CHECK(town.here.running.size() == 1);  // without any look
}

TEST_CASE("tenants never hear each other's answers through the store") {
  Town town;
  std::mt19937 random{20261121};
  const std::vector<std::string> tenants{"acme", "acm", "", "acme;"}, arguments{"{}", R"({"e;":1})", R"({"n":1})"};
  std::map<std::string, std::string> truth;
  for (int i = 0; i < 2'000; ++i) {
    auto& instance = random() % 2 == 0 ? town.here : town.there;
    const Principal who{"someone", tenants[random() % tenants.size()], {}};
    const auto& asked = arguments[random() % arguments.size()];
    town.erp.written["titles"] = i + 1;  // every run of the tool is another answer
    const auto heard = instance.whole("read_titles", asked, who);
    auto& known = truth[text::framed({who.tenant, asked})];
    if (heard.freshness.origin == Origin::live) known = heard.structured;
    CHECK(heard.structured == known);
    if (random() % 50 == 0) {  // everybody forgets, the store does not
      town.here.first.clear();
      town.there.first.clear();
    }
  }
  CHECK(town.here.runs + town.there.runs == static_cast<int>(truth.size()));
}

// Any order of questions, answers, writes, rounds of the threads, lost messages, cables and restarts: once everybody is
// connected and has looked, nobody has an answer from before a write.
TEST_CASE("an answer from before a write is never kept, whatever happens between two instances") {
  for (unsigned seed = 0; seed < 1'500; ++seed) {
    std::mt19937 random{seed};
    Town town;
    const auto some = [&](auto count) { return static_cast<std::size_t>(random() % count); };
    const std::vector<std::string> tags{"titles", "stock"};
    for (int step = 0; step < 60; ++step) {
      auto& instance = some(2u) == 0 ? town.here : town.there;
      switch (some(14u)) {
        case 0:
        case 1:
        case 2:
          (void)instance.run("read_" + tags[some(2u)], some(8u) == 0 ? R"({"fresh":true})" : "{}");
          break;
        case 3:
          (void)instance.run("write_" + tags[some(2u)]);
          break;
        case 4:
        case 5:
        case 6:
          if (!instance.running.empty()) instance.finish(some(instance.running.size()));
          break;
        case 7:
        case 8:
        case 9:
          instance.second.work(0ms);
          break;
        case 10:
          town.clock.advance(Milliseconds{some(3'000u)});
          break;
        case 11:
          town.redis.loses_messages = some(2u) == 0;
          break;
        case 12:
          instance.wire->is_unplugged = some(3u) == 0;
          break;
        default:
          if (some(4u) == 0) town.redis.restart(some(2u) == 0);
          if (some(4u) == 0) instance.wire->loses_replies = true;
          if (some(4u) == 0) instance.wire->loses_commands = true;
      }
    }
    INFO("seed " << seed);
    for (auto* each : {&town.here, &town.there}) each->wire->is_unplugged = each->wire->loses_commands = false;
    for (int i = 0; i < 6; ++i) {  // longer than the longest pause between two tries
      town.clock.advance(i == 0 ? 11s : 1s);
      for (auto* each : {&town.here, &town.there}) {
        each->second.work(0ms);
        while (!each->running.empty()) each->finish(0);
      }
    }
    for (auto* each : {&town.here, &town.there}) {
      REQUIRE(each->second.condition());
      for (const auto& tag : tags)
        CHECK(each->whole("read_" + tag).structured == std::to_string(town.erp.written[tag]));
    }
  }
}
