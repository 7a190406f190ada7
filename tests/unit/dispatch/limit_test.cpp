#include "core/dispatch/stages/limit.hpp"

#include "core/dispatch/dispatcher.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using registry::OutcomeKind;
using test::answer;
using test::ask;
using test::Asked;
using test::ScriptedTool;

namespace {

std::shared_ptr<ScriptedTool> orders() {
  registry::ToolDescription description;
  description.name = "erp_orders";
  return std::make_shared<ScriptedTool>(description, [](auto call) { call->finish(answer("{}")); });
}

struct Limited {
  explicit Limited(const auth::Rates& rates) {
    registry.publish(test::catalogue({tool}));
    limits.replace(rates);
    std::vector<std::unique_ptr<dispatch::Stage>> stages;
    stages.push_back(std::make_unique<dispatch::Limit>(limits));
    dispatcher.emplace(registry, std::move(stages), clock);
  }
  registry::Outcome call(const std::string& subject = "ana") {
    const Asked asked = ask("erp_orders", "{}", Principal{subject, "acme", {}});
    dispatcher->run(asked.call);
    REQUIRE(asked.heard->size() == 1);
    return asked.heard->front();
  }

  test::ManualClock clock;
  std::shared_ptr<ScriptedTool> tool = orders();
  registry::Registry registry;
  auth::Limits limits{clock};
  std::optional<dispatch::Dispatcher> dispatcher;
};

}  // namespace

TEST_CASE("who has had all calls of a minute hears when the next one is possible, and the tool is not asked") {
  Limited server{{2, 0, {}}};
  CHECK(server.call().kind == OutcomeKind::result);
  CHECK(server.call().kind == OutcomeKind::result);
  const auto refused = server.call();
  CHECK(refused.kind == OutcomeKind::refused);
  CHECK(refused.message.find("you may call tools 2 times a minute") != std::string::npos);
  CHECK(refused.message.find("ask for more in one call") != std::string::npos);
  CHECK(refused.retry_after == Milliseconds{30'000});
  CHECK(server.tool->starts == 2);
  CHECK(server.call("bia").kind == OutcomeKind::result);
  server.clock.advance(Milliseconds{30'000});
  CHECK(server.call().kind == OutcomeKind::result);
}

TEST_CASE("a tool that has been called as often as it may be says so to everybody") {
  Limited server{{0, 0, {{"erp_*", 1}}}};
  CHECK(server.call("ana").kind == OutcomeKind::result);
  const auto refused = server.call("bia");
  CHECK(refused.kind == OutcomeKind::refused);
  CHECK(refused.message.find("erp_orders may be called once a minute") != std::string::npos);
  CHECK(refused.retry_after == Milliseconds{60'000});
}
