// What is answered when nothing fresh is known: stale answers, failed upstreams, writes.
#include "tests/unit/dispatch/cache_bench.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::dispatch;
using registry::Origin;
using registry::Outcome;
using registry::OutcomeKind;
using test::answer;
using test::ask;
using Bench = test::CacheBench;
using test::cached_tool;
using test::ScriptedTool;

namespace {

registry::ToolDescription patient_tool() {
  auto out = cached_tool();
  out.cache = registry::CachePolicy{Milliseconds{60'000}, Milliseconds{30'000}, Milliseconds{3'600'000}};
  return out;
}

Outcome unreachable() {
  auto out = Outcome::tool_error("Omie does not answer; try again in a minute");
  out.has_upstream_failed = true;
  return out;
}

std::string text_of(const Outcome& outcome, std::size_t block) {
  return std::string{json::view(json::read(outcome.content).value().at(block).at("text").as_string())};
}

}  // namespace

TEST_CASE("a stale answer is given at once, marked, and looked for again once") {
  Bench bench{patient_tool()};
  (void)bench.call();
  bench.finish(0, answer("1"));
  bench.clock.advance(Milliseconds{61'000});
  for (int i = 0; i < 3; ++i) {
    const auto stale = bench.call();
    REQUIRE(stale.heard->size() == 1);
    CHECK(stale.heard->front().structured == "1");
    CHECK(stale.heard->front().freshness.origin == Origin::stale);
    CHECK(stale.heard->front().freshness.age == Milliseconds{61'000});
  }
  REQUIRE(bench.running.size() == 2);
  bench.finish(1, answer("2"));
  const auto fresh = bench.call();
  CHECK(fresh.heard->front().structured == "2");
  CHECK(fresh.heard->front().freshness.origin == Origin::cache);
  CHECK(bench.running.size() == 2);
}

TEST_CASE("an answer beyond the time to be stale is waited for") {
  Bench bench{patient_tool()};
  (void)bench.call();
  bench.finish(0, answer("1"));
  bench.clock.advance(Milliseconds{91'000});
  const auto late = bench.call();
  CHECK(late.heard->empty());
  bench.finish(1, answer("2"));
  CHECK(late.heard->front().structured == "2");
}

TEST_CASE("when the upstream cannot be reached everybody hears what was known, when, and why") {
  Bench bench{patient_tool()};
  (void)bench.call();
  bench.finish(0, answer(R"({"total":"10.50"})"));
  bench.clock.advance(Milliseconds{600'000});
  const auto leader = bench.call();
  const auto follower = bench.call();
  const auto insisting = bench.call(R"({"fresh":true})");
  bench.finish(1, unreachable());
  for (const auto& asked : {leader, follower, insisting}) {
    REQUIRE(asked.heard->size() == 1);
    const auto& heard = asked.heard->front();
    CHECK(heard.kind == OutcomeKind::result);
    CHECK(heard.structured == R"({"total":"10.50"})");
    CHECK(heard.freshness.origin == Origin::stale);
    CHECK(heard.freshness.age == Milliseconds{600'000});
    CHECK(text_of(heard, 0) == R"({"total":"10.50"})");
    CHECK(text_of(heard, 1).find(heard.freshness.as_of) != std::string::npos);
    CHECK(text_of(heard, 1).find("Omie does not answer") != std::string::npos);
  }
  const auto again = bench.call();  // what was served stale is not kept as fresh
  CHECK(again.heard->empty());
  bench.finish(2, answer("3"));
  CHECK(again.heard->front().structured == "3");
  CHECK(again.heard->front().freshness.origin == Origin::live);
}

TEST_CASE("what was known is no answer to another failure, nor for ever") {
  Bench bench{patient_tool()};
  (void)bench.call();
  bench.finish(0, answer("1"));
  bench.clock.advance(Milliseconds{600'000});
  const auto wrong = bench.call();
  bench.finish(1, Outcome::tool_error("no customer \"7\""));
  CHECK(wrong.heard->front().kind == OutcomeKind::tool_error);
  bench.clock.advance(Milliseconds{3'600'000});
  const auto too_old = bench.call();
  bench.finish(2, unreachable());
  CHECK(too_old.heard->front().kind == OutcomeKind::tool_error);
}

TEST_CASE("an upstream that is too slow leaves what was known") {
  Bench bench{patient_tool()};
  (void)bench.call();
  bench.finish(0, answer("1"));
  bench.clock.advance(Milliseconds{600'000});
  const auto asked = bench.call();
  bench.clock.advance(Milliseconds{30'001});
  bench.deadline->expire();
  REQUIRE(asked.heard->size() == 1);
  CHECK(asked.heard->front().structured == "1");
  CHECK(asked.heard->front().freshness.origin == Origin::stale);
}

TEST_CASE("an answer that was read while something was written is not kept") {
  Bench bench;
  registry::ToolDescription write;
  write.name = "erp_pay";
  std::vector<std::shared_ptr<registry::Call>> writing;
  bench.registry.publish(test::catalogue(
      {bench.tool, std::make_shared<ScriptedTool>(write, [&](auto call) { writing.push_back(call); })}));
  const auto before = bench.call();
  bench.finish(0, answer("1"));
  CHECK(bench.call().heard->size() == 1);
  const auto paying = ask("erp_pay");
  bench.dispatcher->run(paying.call);
  const auto during = bench.call(R"({"fresh":true})");
  writing.at(0)->finish(Outcome::tool_error("the connection broke: it may have been booked"));
  bench.finish(1, answer("perhaps old"));
  CHECK(during.heard->front().structured == "perhaps old");  // it was asked before
  const auto after = bench.call();
  CHECK(after.heard->empty());  // nothing that was read before the write is an answer any more
  bench.finish(2, answer("2"));
  CHECK(bench.call().heard->front().structured == "2");
}
