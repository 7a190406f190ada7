#include "tests/unit/dispatch/cache_bench.hpp"

#include <catch2/catch.hpp>

#include <thread>

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

TEST_CASE("an answer for its caller alone is nobody else's, and not kept") {
  Bench bench;
  const auto leader = bench.call();
  const auto follower = bench.call();
  auto mine = answer("1");
  mine.is_private = true;
  bench.finish(0, std::move(mine));
  CHECK(leader.heard->front().structured == "1");
  CHECK(follower.heard->empty());
  REQUIRE(bench.running.size() == 2);
  bench.finish(1, answer("2"));
  CHECK(follower.heard->front().structured == "2");
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
