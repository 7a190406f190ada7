#include "core/dispatch/stages/cache.hpp"

#include "core/dispatch/stages/deadline.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace tomada;
using namespace tomada::dispatch;
using registry::Origin;
using registry::Outcome;
using registry::OutcomeKind;
using test::answer;
using test::ask;
using test::ScriptedTool;

namespace {

registry::ToolDescription cached_tool() {
  registry::ToolDescription out;
  out.name = "erp_receivables";
  out.version = "1";
  out.annotations.is_read_only = true;
  out.cache = registry::CachePolicy{Milliseconds{60'000}};
  return out;
}

// A server whose one tool answers when the test says so.
struct Bench {
  explicit Bench(registry::ToolDescription description = cached_tool())
      : tool{std::make_shared<ScriptedTool>(std::move(description), [this](auto call) { running.push_back(call); })} {
    registry.publish(test::catalogue({tool}));
    std::vector<std::unique_ptr<Stage>> stages;
    auto deadline_stage = std::make_unique<Deadline>(Milliseconds{30'000}, clock);
    deadline = deadline_stage.get();
    stages.push_back(std::move(deadline_stage));
    stages.push_back(std::make_unique<Cache>(results, clock));
    dispatcher = std::make_unique<Dispatcher>(registry, std::move(stages), clock);
  }
  ~Bench() {  // what still runs ends; a follower that takes a leader's place runs after it
    for (std::size_t i = 0; i < running.size(); ++i) finish(i, answer("0"));
  }
  test::Asked call(std::string_view arguments = "{}", Principal principal = {}) {
    auto asked = ask("erp_receivables", arguments, std::move(principal));
    dispatcher->run(asked.call);
    return asked;
  }
  void finish(std::size_t which, Outcome outcome) { running.at(which)->finish(std::move(outcome)); }

  test::ManualClock clock;
  cache::ResultCache results{1u << 20, clock};
  registry::Registry registry;
  std::vector<std::shared_ptr<registry::Call>> running;
  std::shared_ptr<ScriptedTool> tool;
  Deadline* deadline = nullptr;
  std::unique_ptr<Dispatcher> dispatcher;
};

}  // namespace

TEST_CASE("the second call of a question is answered from the cache and says how old the answer is") {
  Bench bench;
  const auto first = bench.call(R"({"status":"overdue","limit":5})");
  bench.finish(0, answer("{\"total\":7}"));
  bench.clock.advance(Milliseconds{1'500});
  const auto second = bench.call(R"({"limit":5,"status":"overdue"})");
  REQUIRE(second.heard->size() == 1);
  CHECK(second.heard->front().structured == "{\"total\":7}");
  CHECK(second.heard->front().freshness.origin == Origin::cache);
  CHECK(second.heard->front().freshness.age == Milliseconds{1'500});
  CHECK(first.heard->front().freshness.origin == Origin::live);
  CHECK(bench.tool->starts == 1);
}

TEST_CASE("a kept answer says when a new look is possible, as long as it is not") {
  Bench bench;
  bench.call();
  auto live = answer("1");
  live.freshness.refresh_in = Milliseconds{10'000};
  live.freshness.read_at = bench.clock.wall_now() - Milliseconds{2'000};
  bench.finish(0, std::move(live));
  bench.clock.advance(Milliseconds{4'000});
  const auto kept = bench.call();
  CHECK(kept.heard->front().freshness.refresh_in == Milliseconds{6'000});
  CHECK(kept.heard->front().freshness.age == Milliseconds{6'000});
  bench.clock.advance(Milliseconds{6'000});
  CHECK_FALSE(bench.call().heard->front().freshness.refresh_in);
}

TEST_CASE("many identical calls at once are one flight") {
  Bench bench;
  std::vector<test::Asked> asked;
  for (int i = 0; i < 200; ++i) asked.push_back(bench.call());
  CHECK(bench.tool->starts == 1);
  bench.finish(0, answer("1"));
  for (const auto& one : asked) {
    REQUIRE(one.heard->size() == 1);
    CHECK(one.heard->front().structured == "1");
  }
}

TEST_CASE("another tenant, another role and other arguments are other questions") {
  Bench bench;
  bench.call("{}", Principal{"ana", "norte", {"finance"}});
  bench.finish(0, answer("\"norte\""));
  const auto tenant = bench.call("{}", Principal{"ana", "sul", {"finance"}});
  const auto role = bench.call("{}", Principal{"ana", "norte", {"sales"}});
  const auto arguments = bench.call(R"({"x":1})", Principal{"ana", "norte", {"finance"}});
  CHECK(bench.tool->starts == 4);
  CHECK(tenant.heard->empty());
  CHECK(role.heard->empty());
  CHECK(arguments.heard->empty());
}

TEST_CASE("a failure is told to everybody who waits and never kept") {
  Bench bench;
  const auto first = bench.call();
  const auto second = bench.call();
  bench.finish(0, Outcome::tool_error("omie is down"));
  CHECK(first.heard->front().kind == OutcomeKind::tool_error);
  REQUIRE(second.heard->size() == 1);
  CHECK(second.heard->front().message == "omie is down");
  bench.call();
  CHECK(bench.tool->starts == 2);
}

TEST_CASE("everybody who waits hears the same kind of failure") {
  for (const auto kind : {OutcomeKind::invalid_params, OutcomeKind::refused, OutcomeKind::internal}) {
    Bench bench;
    const auto first = bench.call();
    const auto second = bench.call();
    auto failure = Outcome::failed(kind, "as it was");
    failure.retry_after = Milliseconds{2'500};
    bench.finish(0, failure);
    for (const auto* heard : {&first.heard->front(), &second.heard->at(0)}) {
      CHECK(heard->kind == kind);
      CHECK(heard->message == "as it was");
      CHECK(heard->retry_after == Milliseconds{2'500});
    }
  }
}

TEST_CASE("when the leader is cancelled one follower takes its place and the others wait for it") {
  Bench bench;
  const auto leader = bench.call();
  const auto second = bench.call();
  const auto third = bench.call();
  leader.call->finish(Outcome::failed(OutcomeKind::cancelled, "gone"));
  CHECK(bench.tool->starts == 2);
  bench.finish(1, answer("1"));
  CHECK(second.heard->at(0).structured == "1");
  CHECK(third.heard->at(0).structured == "1");
}

TEST_CASE("a leader that runs out of time is answered and its tool is asked to stop") {
  Bench bench;
  const auto leader = bench.call();
  bench.clock.advance(Milliseconds{20'000});
  const auto follower = bench.call();
  bench.clock.advance(Milliseconds{10'000});
  bench.deadline->expire();
  REQUIRE(leader.heard->size() == 1);
  CHECK(leader.heard->front().kind == OutcomeKind::tool_error);
  CHECK(leader.heard->front().message.find("30000 ms") != std::string::npos);
  CHECK(leader.call->stop_token().stop_requested());
  CHECK(follower.heard->empty());
  CHECK(bench.tool->starts == 2);
  bench.finish(0, answer("\"too late\""));
  CHECK(leader.heard->size() == 1);
}

TEST_CASE("fresh asks again and what it learns serves the others") {
  Bench bench;
  bench.call();
  bench.finish(0, answer("1"));
  bench.call(R"({"fresh":true})");
  CHECK(bench.tool->starts == 2);
  bench.finish(1, answer("2"));
  const auto third = bench.call();
  CHECK(third.heard->at(0).structured == "2");
}

TEST_CASE("a tool that writes or declares no policy is never answered from the cache") {
  auto description = cached_tool();
  SECTION("writes") { description.annotations.is_read_only = false; }
  SECTION("no policy") { description.cache.reset(); }
  Bench bench{description};
  bench.call();
  bench.finish(0, answer("1"));
  bench.call();
  CHECK(bench.tool->starts == 2);
}

TEST_CASE("an answer older than its time to live is asked for again") {
  Bench bench;
  bench.call();
  bench.finish(0, answer("1"));
  bench.clock.advance(Milliseconds{60'001});
  bench.call();
  CHECK(bench.tool->starts == 2);
}

TEST_CASE("calls from many threads share flights without losing an answer") {
  SystemClock clock;
  cache::ResultCache results{1u << 20, clock};
  registry::Registry registry;
  auto tool = std::make_shared<ScriptedTool>(cached_tool(), [](auto call) { call->finish(answer("1")); });
  registry.publish(test::catalogue({tool}));
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Deadline>(Milliseconds{30'000}, clock));
  stages.push_back(std::make_unique<Cache>(results, clock));
  Dispatcher dispatcher{registry, std::move(stages), clock};
  std::vector<std::vector<test::Asked>> asked(4);
  std::vector<std::thread> threads;
  for (auto& mine : asked) {
    threads.emplace_back([&dispatcher, &mine] {
      for (int i = 0; i < 200; ++i) {
        mine.push_back(ask("erp_receivables", "{\"x\":" + std::to_string(i % 7) + "}"));
        dispatcher.run(mine.back().call);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  REQUIRE(dispatcher.wait_until_idle(Milliseconds{10'000}));
  std::size_t answered = 0;
  for (const auto& mine : asked) {
    for (const auto& one : mine) answered += one.heard->size();
  }
  CHECK(answered == 800);
  CHECK(tool->starts == 7);
}

TEST_CASE("a question that arrives while its flight lands is not flown again") {
  test::ManualClock clock;
  cache::ResultCache results{16u << 20, clock};
  registry::Registry registry;
  const auto tool = std::make_shared<ScriptedTool>(cached_tool(), [](auto call) { call->finish(answer("{}")); });
  registry.publish(test::catalogue({tool}));
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Cache>(results, clock));
  Dispatcher dispatcher{registry, std::move(stages), clock};
  constexpr int questions = 4'000;
  const auto ask_all = [&] {
    for (int i = 0; i < questions; ++i)
      dispatcher.run(ask("erp_receivables", "{\"page\":" + std::to_string(i) + "}").call);
  };
  std::thread other{ask_all};
  ask_all();
  other.join();
  CHECK(tool->starts == questions);
}

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
