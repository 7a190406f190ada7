#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

using namespace tomada::testing;
using Catch::Matchers::Contains;

namespace {

json::object rule(const char* name, bool is_deliverable = true) {
  json::object out{{"name", name},        {"metric", "m"},         {"operator", ">"},  {"threshold", 85},
                   {"for", 30},           {"severity", "warning"}, {"channel", "log"}, {"enabled", true},
                   {"state", "inactive"}, {"value", 41.5}};
  out["deliverable"] = is_deliverable;
  if (!is_deliverable) out["reason"] = "no receiver \"email\" is configured";
  return out;
}

struct Engine {  // remembers what it was asked, answers what the engine would
  std::string operation;
  json::object arguments;
  json::object answer;

  void serve(FakeHost& host) {
    host.alerts = [this](std::string_view asked, const json::object& with) {
      operation = asked;
      arguments = with;
      return answer;
    };
  }
};

}  // namespace

TEST_CASE("Without arguments every rule is listed, with the same facts in text") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  engine.answer = {
      {"rules", {rule("a"), rule("high_memory", false)}}, {"total", 2}, {"undeliverable", {"high_memory"}}};
  const Plugin plugin{host};
  const auto outcome = run(plugin, "configure_alerts");
  REQUIRE(outcome.is_result());
  CHECK(engine.operation == "list");
  CHECK(outcome.structured.at("total") == 2);
  CHECK(outcome.structured.at("returned") == 2);
  CHECK(outcome.structured.at("rules").at(1).at("deliverable") == false);
  CHECK(outcome.structured.at("next_step").is_string());
  CHECK_THAT(outcome.text(), Contains("2 alert rules") &&
                                 Contains("- a: m > 85 for 30 s -> log, warning, inactive, now 41.5") &&
                                 Contains("not deliverable: no receiver \"email\""));
}

TEST_CASE("Many rules come in pages that miss none") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  json::array rules;
  for (const char* name : {"a", "b", "c", "d", "e"}) rules.push_back(rule(name));
  engine.answer = {{"rules", rules}, {"total", 5}, {"undeliverable", json::array{}}};
  const Plugin plugin{host};
  std::string seen;
  json::object arguments{{"limit", 2}};
  for (int page = 0; page < 3; ++page) {
    const auto outcome = run(plugin, "configure_alerts", arguments);
    REQUIRE(outcome.is_result());
    for (const auto& each : outcome.structured.at("rules").as_array()) seen += each.at("name").as_string().c_str();
    const auto* next = outcome.structured.as_object().if_contains("next_cursor");
    CHECK((next != nullptr) == (page < 2));
    if (next) arguments["cursor"] = *next;
  }
  CHECK(seen == "abcde");
}

TEST_CASE("A name shows just that rule, and one that is not there says which are") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  engine.answer = {
      {"rules", {rule("a"), rule("high_memory", false)}}, {"total", 2}, {"undeliverable", {"high_memory"}}};
  const Plugin plugin{host};
  const auto one = run(plugin, "configure_alerts", {{"name", "a"}});
  REQUIRE(one.is_result());
  CHECK(one.structured.at("total") == 1);
  REQUIRE(one.structured.at("rules").as_array().size() == 1);
  CHECK(one.structured.at("rules").at(0).at("name") == "a");
  CHECK(one.structured.at("undeliverable").as_array().empty());
  CHECK(run(plugin, "configure_alerts", {{"name", "high_memory"}}).structured.at("undeliverable") ==
        json::array{"high_memory"});
  const auto none = run(plugin, "configure_alerts", {{"action", "list"}, {"name", "b"}});
  CHECK(none.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(none.message, Contains("\"b\"") && Contains("a, high_memory"));
}

TEST_CASE("A cursor that no answer gave is refused") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  engine.answer = {{"rules", {rule("a"), rule("b")}}, {"total", 2}, {"undeliverable", json::array{}}};
  const Plugin plugin{host};
  for (const char* cursor : {"zzzz", "aa", ""}) {
    const auto outcome = run(plugin, "configure_alerts", {{"cursor", cursor}});
    CHECK(outcome.kind == TOMADA_INVALID_PARAMS);
    CHECK_THAT(outcome.message, Contains("cursor \"" + std::string{cursor} + "\"") && Contains("next_cursor"));
  }
}

TEST_CASE("A change carries the rule to the engine and shows it as it is now") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  engine.answer = {{"rule", rule("a")}};
  const Plugin plugin{host};
  const json::object change{{"name", "a"}, {"threshold", 85}};
  const auto outcome = run(plugin, "configure_alerts", {{"action", "change"}, {"rule", change}});
  REQUIRE(outcome.is_result());
  CHECK(engine.operation == "change");
  CHECK(engine.arguments.at("rule") == change);
  CHECK(outcome.structured.at("rules").at(0).at("name") == "a");
  CHECK_THAT(outcome.text(), Contains("change") && Contains("m > 85"));
}

TEST_CASE("Deleting, enabling and disabling go by name, wherever the caller put it") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  const Plugin plugin{host};
  engine.answer = {{"deleted", "a"}};
  const auto deleted = run(plugin, "configure_alerts", {{"action", "delete"}, {"name", "a"}});
  CHECK(deleted.structured.at("deleted") == "a");
  CHECK(engine.arguments.at("name") == "a");
  engine.answer = {{"rule", rule("b")}};
  CHECK(run(plugin, "configure_alerts", {{"action", "disable"}, {"rule", {{"name", "b"}}}}).is_result());
  CHECK(engine.operation == "disable");
  CHECK(engine.arguments.at("name") == "b");
}

TEST_CASE("What is missing is a tool error that shows how to say it") {
  FakeHost host;
  Engine engine;
  engine.serve(host);
  const Plugin plugin{host};
  const auto create = run(plugin, "configure_alerts", {{"action", "create"}});
  CHECK(create.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(create.message, Contains("needs rule") && Contains("threshold"));
  const auto remove = run(plugin, "configure_alerts", {{"action", "delete"}});
  CHECK(remove.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(remove.message, Contains("needs name"));
  CHECK(engine.operation.empty());
}

TEST_CASE("The engine's refusal reaches the model word for word") {
  FakeHost host;
  host.alerts = [](std::string_view, const json::object&) -> json::object {
    throw tomada::sdk::ToolError{"rule.threshold: expected a number, found \"x\""};
  };
  const Plugin plugin{host};
  const auto outcome = run(plugin, "configure_alerts", {{"action", "create"}, {"rule", {{"name", "a"}}}});
  CHECK(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK(outcome.message == "rule.threshold: expected a number, found \"x\"");
}
