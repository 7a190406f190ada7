#include "core/dispatch/stages/deadline.hpp"

#include "core/base/workers.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::dispatch;
using registry::Outcome;
using registry::OutcomeKind;
using test::answer;
using test::ask;
using test::ScriptedTool;

namespace {

std::unique_ptr<Dispatcher> dispatcher_with_deadline(registry::Registry& registry, ScriptedTool::Work work,
                                                     Milliseconds at_most, const Clock& clock) {
  registry::ToolDescription slow;
  slow.name = "slow";
  registry.publish(test::catalogue({std::make_shared<ScriptedTool>(std::move(slow), std::move(work))}));
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Deadline>(at_most, clock));
  return std::make_unique<Dispatcher>(registry, std::move(stages), clock);
}

}  // namespace

TEST_CASE("a server that goes answers what still runs and asks it to stop") {
  test::ManualClock clock;
  registry::Registry registry;
  std::vector<std::shared_ptr<registry::Call>> running;
  const auto dispatcher = dispatcher_with_deadline(
      registry, [&](auto call) { running.push_back(call); }, Milliseconds{30'000}, clock);
  const auto first = ask("slow");
  const auto second = ask("slow");
  dispatcher->run(first.call);
  dispatcher->run(second.call);
  dispatcher->end_all();
  for (const auto& asked : {first, second}) {
    REQUIRE(asked.heard->size() == 1);
    CHECK(asked.heard->front().kind == OutcomeKind::refused);
    CHECK(asked.heard->front().message.find("shutting down") != std::string::npos);
    CHECK(asked.call->stop_token().stop_requested());
  }
  CHECK(dispatcher->wait_until_idle(Milliseconds{0}));
  const auto late = ask("slow");
  dispatcher->run(late.call);
  CHECK(late.heard->front().kind == OutcomeKind::refused);
  CHECK(running.size() == 2);
}

TEST_CASE("a call whose time is over while it goes down is answered once") {
  SystemClock clock;
  registry::Registry registry;
  Workers workers{2, 100'000};
  const auto dispatcher = dispatcher_with_deadline(
      registry, [&](auto call) { (void)workers.submit([call] { call->finish(answer("{}")); }); }, Milliseconds{0},
      clock);
  std::vector<test::Asked> asked;
  for (int i = 0; i < 2'000; ++i) {
    asked.push_back(ask("slow"));
    dispatcher->run(asked.back().call);
  }
  workers.close();
  REQUIRE(dispatcher->wait_until_idle(Milliseconds{60'000}));
  for (const auto& each : asked) CHECK(each.heard->size() == 1);
}

TEST_CASE("a call that was given more time is not answered before that time is over") {
  test::ManualClock clock;
  registry::Registry registry;
  registry::ToolDescription slow;
  slow.name = "slow";
  std::vector<std::shared_ptr<registry::Call>> running;
  registry.publish(
      test::catalogue({std::make_shared<ScriptedTool>(std::move(slow), [&](auto call) { running.push_back(call); })}));
  std::vector<std::unique_ptr<Stage>> stages;
  auto own = std::make_unique<Deadline>(Milliseconds{1000}, clock);
  auto& deadline = *own;
  stages.push_back(std::move(own));
  Dispatcher dispatcher{registry, std::move(stages), clock};
  const auto given_more = ask("slow");
  const auto as_usual = ask("slow");
  dispatcher.run(given_more.call);
  dispatcher.run(as_usual.call);
  dispatcher.extend(*given_more.call, clock.steady_now() + Milliseconds{5000});
  clock.advance(Milliseconds{1001});
  deadline.expire();
  CHECK(as_usual.heard->size() == 1);
  CHECK(given_more.heard->empty());
  dispatcher.extend(*as_usual.call, clock.steady_now() + Milliseconds{5000});  // it has ended: nothing happens
  clock.advance(Milliseconds{4000});
  deadline.expire();
  REQUIRE(given_more.heard->size() == 1);
  CHECK(given_more.heard->front().message.find("5000 ms") != std::string::npos);
  CHECK(as_usual.heard->size() == 1);
}
