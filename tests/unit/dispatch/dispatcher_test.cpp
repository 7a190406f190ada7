#include "core/dispatch/dispatcher.hpp"

#include "core/dispatch/stages/authorise.hpp"
#include "core/dispatch/stages/validate.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::dispatch;
using registry::OutcomeKind;
using test::answer;
using test::ask;
using test::ScriptedTool;

namespace {

class Noting final : public Stage {
 public:
  Noting(std::string name, std::vector<std::string>& notes, bool answers = false)
      : name_{std::move(name)}, notes_{notes}, answers_{answers} {}
  Verdict enter(registry::Call&) override {
    notes_.push_back("enter " + name_);
    if (answers_) return answer("\"from " + name_ + "\"");
    return GoOn{};
  }
  void leave(registry::Call&, registry::Outcome&) noexcept override { notes_.push_back("leave " + name_); }

 private:
  std::string name_;
  std::vector<std::string>& notes_;
  bool answers_;
};

std::shared_ptr<ScriptedTool> echo(std::string_view input = "{}") {
  registry::ToolDescription description;
  description.name = "echo";
  description.annotations.is_read_only = true;
  return std::make_shared<ScriptedTool>(
      description, [](auto call) { call->finish(answer(call->arguments_text())); }, input);
}

struct Setup {
  test::ManualClock clock;
  registry::Registry registry;
};

}  // namespace

TEST_CASE("stages enter in order and leave in reverse around the tool") {
  Setup setup;
  setup.registry.publish(test::catalogue({echo()}));
  std::vector<std::string> notes;
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Noting>("a", notes));
  stages.push_back(std::make_unique<Noting>("b", notes));
  Dispatcher dispatcher{setup.registry, std::move(stages), setup.clock};
  const auto asked = ask("echo", R"({"x":1})");
  dispatcher.run(asked.call);
  CHECK(notes == std::vector<std::string>{"enter a", "enter b", "leave b", "leave a"});
  REQUIRE(asked.heard->size() == 1);
  CHECK(asked.heard->front().structured == R"({"x":1})");
  CHECK(dispatcher.in_flight() == 0);
}

TEST_CASE("a stage that answers is not left, those before it are") {
  Setup setup;
  const auto tool = echo();
  setup.registry.publish(test::catalogue({tool}));
  std::vector<std::string> notes;
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Noting>("a", notes));
  stages.push_back(std::make_unique<Noting>("b", notes, true));
  stages.push_back(std::make_unique<Noting>("c", notes));
  Dispatcher dispatcher{setup.registry, std::move(stages), setup.clock};
  const auto asked = ask("echo");
  dispatcher.run(asked.call);
  CHECK(notes == std::vector<std::string>{"enter a", "enter b", "leave a"});
  CHECK(asked.heard->front().structured == "\"from b\"");
  CHECK(tool->starts == 0);
}

TEST_CASE("an unknown tool is answered as such") {
  Setup setup;
  setup.registry.publish(test::catalogue({echo()}));
  Dispatcher dispatcher{setup.registry, {}, setup.clock};
  const auto asked = ask("ecco");
  dispatcher.run(asked.call);
  CHECK(asked.heard->front().kind == OutcomeKind::unknown_tool);
  CHECK(asked.heard->front().message == "unknown tool \"ecco\"");
}

TEST_CASE("a draining dispatcher refuses new calls and waits for those in flight") {
  Setup setup;
  std::shared_ptr<registry::Call> held;
  registry::ToolDescription description;
  description.name = "slow";
  setup.registry.publish(
      test::catalogue({std::make_shared<ScriptedTool>(description, [&](auto call) { held = call; })}));
  Dispatcher dispatcher{setup.registry, {}, setup.clock};
  const auto first = ask("slow");
  dispatcher.run(first.call);
  dispatcher.drain();
  const auto second = ask("slow");
  dispatcher.run(second.call);
  CHECK(second.heard->front().kind == OutcomeKind::refused);
  CHECK_FALSE(dispatcher.wait_until_idle(Milliseconds{0}));
  held->finish(answer("1"));
  CHECK(dispatcher.wait_until_idle(Milliseconds{0}));
  CHECK(first.heard->front().structured == "1");
}

TEST_CASE("a hidden tool answers exactly like an unknown one") {
  Setup setup;
  registry::ToolDescription description;
  description.name = "erp_pay";
  const auto tool = std::make_shared<ScriptedTool>(description, [](auto call) { call->finish(answer("1")); });
  setup.registry.publish(test::catalogue({tool}));
  const auth::Roles roles{{}};
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Authorise>(roles));
  Dispatcher dispatcher{setup.registry, std::move(stages), setup.clock};
  const auto asked = ask("erp_pay");
  dispatcher.run(asked.call);
  CHECK(asked.heard->front().kind == OutcomeKind::unknown_tool);
  CHECK(asked.heard->front().message == "unknown tool \"erp_pay\"");
  CHECK(tool->starts == 0);
}

TEST_CASE("arguments that do not fit the schema are explained to the model") {
  Setup setup;
  const auto tool = echo(R"({"type":"object","properties":{"limit":{"type":"integer","maximum":50}}})");
  setup.registry.publish(test::catalogue({tool}));
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Validate>());
  Dispatcher dispatcher{setup.registry, std::move(stages), setup.clock};
  const auto asked = ask("echo", R"({"limit":900})");
  dispatcher.run(asked.call);
  CHECK(asked.heard->front().kind == OutcomeKind::tool_error);
  CHECK(asked.heard->front().message.find("/limit") != std::string::npos);
  CHECK(asked.heard->front().message.find("900") != std::string::npos);
  CHECK(tool->starts == 0);
}
