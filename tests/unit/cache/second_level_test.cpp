// What one instance keeps another finds, as long as it is true; whatever else the store holds or does is no answer.
#include "core/cache/second_level.hpp"

#include "core/base/text.hpp"
#include "tests/support/fake_redis.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace tomada;
using namespace tomada::cache;
using test::FakeRedis;
using test::FakeWire;

namespace {

const Matter titles{"erp", {"titles"}};
constexpr auto question = "erp_receivables;acme;{\"limit\":1}";

struct Instance {
  Instance(FakeRedis& redis, const Clock& clock, std::string_view circumstances = "same")
      : first{1 << 20, clock}, wire{new FakeWire{redis}}, second{{}, first, std::unique_ptr<Wire>{wire}, clock} {
    second.belong_to(parcel_key(circumstances));
    second.work(0ms);
  }
  Looked look(const std::string& key = question, const Matter& matter = titles) {
    Looked out;
    is_asked = second.look(key, matter, [&out](Looked found) { out = std::move(found); });
    second.work(0ms);
    return out;
  }
  void keep(const Entry& entry, const std::string& key = question) {
    auto found = look(key, entry.matter);
    REQUIRE(found.ticket);
    second.keep(std::move(*found.ticket), std::make_shared<const Entry>(entry));
    second.work(0ms);
  }
  [[nodiscard]] bool is_up() const { return second.condition().has_value(); }

  ResultCache first;
  FakeWire* wire;
  SecondLevel second;
  bool is_asked = false;
};

Entry result(const Clock& clock, std::string text = "42", Matter matter = titles) {
  Entry out;
  out.structured = std::move(text);
  out.source = "omie";
  out.matter = std::move(matter);
  out.kept_at = clock.steady_now();
  out.read_at = clock.wall_now() - 5s;
  out.time_to_live = 60s;
  out.stale_if_error = 3600s;
  return out;
}

struct Town {
  test::ManualClock clock;
  FakeRedis redis{};
  Instance here{redis, clock};
  Instance there{redis, clock};
};

}  // namespace

TEST_CASE("what one instance keeps another finds, as old as it is, until its time is over", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  town.clock.advance(30s);
  const auto found = town.there.look();
  REQUIRE(found.entry);
  CHECK(found.is_fresh);
  CHECK(found.entry->structured == "42");
  CHECK(found.entry->source == "omie");
  CHECK(found.entry->read_at == town.clock.wall_now() - 35s);
  CHECK(found.entry->kept_at == town.clock.steady_now() - 30s);
  CHECK_FALSE(town.there.look("another question").entry);
  town.clock.advance(31s);
  const auto old = town.there.look();
  REQUIRE(old.entry);  // for when a new look fails
  CHECK_FALSE(old.is_fresh);
  CHECK(town.there.second.statistics().hits == 1);
}

TEST_CASE("the store sees no question, no answer and no circumstances, and forgets by itself", "[cache]") {
  Town town;
  Instance secretive{town.redis, town.clock, "app_secret=canary-secret"};
  secretive.keep(result(town.clock, R"({"customer":"Canary Ltda"})"), "erp_partners;canary-tenant;canary-argument");
  REQUIRE(town.redis.texts.size() == 1);
  for (const auto& command : town.redis.log) {
    for (const auto& word : command) {
      CHECK(word.find("anary") == std::string::npos);
      CHECK(word.find("erp_partners") == std::string::npos);
    }
  }
  const auto& kept = town.redis.log.back();
  REQUIRE(kept.size() == 5);
  CHECK(kept[3] == "PX");
  CHECK(std::stoll(kept[4]) <= 3'660'000);
  CHECK(std::stoll(kept[4]) > 3'600'000);
}

TEST_CASE("an instance of other circumstances finds nothing", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  Instance other{town.redis, town.clock, "another account"};
  CHECK_FALSE(other.look().entry);
  town.there.second.belong_to(parcel_key("another account"));
  CHECK_FALSE(town.there.look().entry);
}

TEST_CASE("what is damaged, foreign or stands in another's place is a miss", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  auto& text = town.redis.texts.begin()->second;
  const auto whole = text;
  SECTION("a bit flipped") { text[text.size() / 2] ^= 1; }
  SECTION("cut off") { text.resize(text.size() - 1); }
  SECTION("something else") { text = R"({"structured":"{}"})"; }
  SECTION("of another question") {
    town.here.keep(result(town.clock, "7"), "another question");
    for (auto& each : town.redis.texts) each.second = each.second == whole ? town.redis.log.back()[2] : whole;
  }
  const auto found = town.there.look();
  CHECK_FALSE(found.entry);
  CHECK(found.ticket);  // the tool's answer mends it
  CHECK(town.there.second.statistics().errors == 1);
  CHECK(town.there.is_up());
}

TEST_CASE("what comes from the future is nobody's", "[cache]") {
  FakeRedis redis;
  test::ManualClock ahead, behind;
  ahead.advance(3s);
  Instance here{redis, ahead}, there{redis, behind};
  here.keep(result(ahead));
  CHECK_FALSE(there.look().entry);
  behind.advance(2s);  // clocks of machines differ a little
  const auto found = there.look();
  REQUIRE(found.entry);
  CHECK(found.entry->kept_at <= behind.steady_now());
}

TEST_CASE("a write reaches what others keep, by tag, by plugin, and all of it", "[cache]") {
  Town town;
  const Matter all_of_erp{"erp", {}}, stock{"erp", {"stock"}}, filial{"filial", {"titles"}};
  const auto keep = [&](const Matter& matter) {
    town.here.keep(result(town.clock, "42", matter), text::join(matter.tags, ",") + matter.plugin);
  };
  const auto is_known = [&](const Matter& matter) {
    return town.there.look(text::join(matter.tags, ",") + matter.plugin, matter).entry != nullptr;
  };
  for (const auto& each : {titles, all_of_erp, stock, filial}) keep(each);
  const auto known = [&] {
    return std::vector<bool>{is_known(titles), is_known(all_of_erp), is_known(stock), is_known(filial)};
  };
  CHECK(known() == std::vector<bool>{true, true, true, true});
  SECTION("a tag") {
    town.here.second.dirty(titles);
    town.here.second.work(0ms);
    CHECK(known() == std::vector<bool>{false, false, true, true});
  }
  SECTION("a plugin") {
    town.here.second.dirty(all_of_erp);
    town.here.second.work(0ms);
    CHECK(known() == std::vector<bool>{false, false, false, true});
  }
  SECTION("everything") {
    town.here.second.clear();
    town.here.second.work(0ms);
    CHECK(known() == std::vector<bool>{false, false, false, false});
  }
}

TEST_CASE("another instance's first level hears of a write, even when the message is lost", "[cache]") {
  Town town;
  const auto keep = [&] { town.there.first.land(question, std::make_shared<const Entry>(result(town.clock))); };
  keep();
  SECTION("by the message") { town.here.second.dirty(titles); }
  SECTION("by looking from time to time") {
    town.redis.loses_messages = true;
    town.here.second.dirty(titles);
    town.here.second.work(0ms);
    town.there.second.work(0ms);
    CHECK(town.there.first.peek(question).entry);
    town.clock.advance(1s);
  }
  SECTION("after its connection was lost") {
    town.there.wire->is_unplugged = true;
    town.there.second.work(0ms);
    town.here.second.dirty(titles);
    town.here.second.work(0ms);
    CHECK(town.there.first.peek(question).entry);
    town.there.wire->is_unplugged = false;
    town.clock.advance(20s);
  }
  town.here.second.work(0ms);
  town.there.second.work(0ms);
  CHECK_FALSE(town.there.first.peek(question).entry);
  keep();
  town.there.second.work(0ms);
  CHECK(town.there.first.peek(question).is_fresh());
}

TEST_CASE("whoever cannot know what was written doubts what it has", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  town.there.first.land(question, std::make_shared<const Entry>(result(town.clock)));
  CHECK(town.there.first.peek(question).is_fresh());
  SECTION("a restart without memory") { town.redis.restart(false); }
  SECTION("a restart with memory, perhaps of long ago") { town.redis.restart(true); }
  SECTION("the count was thrown out") {
    town.redis.hashes.clear();
    town.clock.advance(1s);
  }
  for (int i = 0; i < 3; ++i) {
    town.there.second.work(0ms);
    town.clock.advance(1s);
  }
  const auto doubted = town.there.first.peek(question);
  REQUIRE(doubted.entry);
  CHECK(doubted.age == Age::on_error);
  CHECK(town.there.is_up());
  CHECK_FALSE(town.there.look().entry);
}

TEST_CASE("without its store nothing is asked, nothing waits, and what was written is told later", "[cache]") {
  Town town;
  town.there.keep(result(town.clock));
  town.redis.is_dead = true;
  CHECK_FALSE(town.here.look().ticket);
  CHECK(town.here.is_asked);  // and answered with nothing
  CHECK_FALSE(town.here.second.look(question, titles, [](const Looked&) { FAIL("nobody was to be asked"); }));
  CHECK_FALSE(town.here.is_up());
  CHECK(town.here.second.condition().error().message == "Redis is gone");
  town.here.second.dirty(titles);
  town.redis.is_dead = false;
  town.clock.advance(20s);
  town.here.second.work(0ms);
  town.here.second.work(0ms);
  CHECK(town.here.is_up());
  CHECK_FALSE(town.here.look().entry);
}

TEST_CASE("a store that takes no more is told as it is and still asked", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  town.redis.refused = {"SET"};
  town.here.keep(result(town.clock), "another");
  REQUIRE_FALSE(town.here.is_up());
  CHECK(town.here.second.condition().error().message.find("OOM") != std::string::npos);
  CHECK(town.here.look().entry);
  town.redis.refused.clear();
  town.here.keep(result(town.clock), "another");
  CHECK(town.here.is_up());
}

TEST_CASE("a store that counts no more is not believed", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  town.redis.refused = {"HINCRBY"};
  town.here.second.dirty(titles);
  town.here.second.work(0ms);
  CHECK_FALSE(town.here.is_up());
  CHECK_FALSE(town.here.second.look(question, titles, [](const Looked&) {}));
  town.redis.refused.clear();
  town.clock.advance(20s);
  for (int i = 0; i < 2; ++i) town.here.second.work(0ms);
  CHECK(town.here.is_up());
  CHECK_FALSE(town.there.look().entry);
}

TEST_CASE("replies that are lost count nothing twice wrongly", "[cache]") {
  Town town;
  town.here.keep(result(town.clock));
  town.here.wire->loses_replies = true;
  town.here.second.dirty(titles);
  town.here.second.work(0ms);
  town.clock.advance(20s);
  for (int i = 0; i < 3; ++i) town.here.second.work(0ms);
  town.here.keep(result(town.clock, "43"));
  CHECK(town.there.look().entry->structured == "43");
}

TEST_CASE("more than the queue holds is left out, and too large results, too", "[cache]") {
  Town town;
  auto ticket = town.here.look().ticket;
  REQUIRE(ticket);
  const auto large = std::make_shared<const Entry>(result(town.clock, std::string(2u << 20, 'x')));
  town.here.second.keep(*ticket, large);
  CHECK(town.here.second.statistics().dropped == 1);
  const auto half = std::make_shared<const Entry>(result(town.clock, std::string(1u << 19, 'x')));
  for (int i = 0; i < 40; ++i) town.here.second.keep(*ticket, half);
  CHECK(town.here.second.statistics().queued < 33);
  CHECK(town.here.second.statistics().dropped > 7);
  while (town.here.second.statistics().queued > 0) town.here.second.work(0ms);
  CHECK(town.there.look().entry);
}
