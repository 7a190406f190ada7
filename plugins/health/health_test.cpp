#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

using namespace tomada::testing;
using Catch::Matchers::Contains;

namespace {

json::object part(const char* status, bool is_critical = false) {
  json::object out{{"status", status}, {"since", "2026-10-14T17:00:00Z"}, {"critical", is_critical}};
  if (std::string_view{status} != "healthy") {
    out["reason"] = "it answers slowly";
    out["next_step"] = "wait a minute";
  }
  return out;
}

void report(FakeHost& host, const char* status, json::object components) {
  host.health = {{"status", status}, {"components", std::move(components)}};
}

std::vector<std::string> names(const Outcome& outcome) {
  std::vector<std::string> out;
  for (const auto& each : outcome.structured.at("components").as_array())
    out.emplace_back(each.at("name").as_string().c_str());
  return out;
}

}  // namespace

TEST_CASE("The answer is the host's report, the worst first, with the same facts in text") {
  FakeHost host;
  report(host, "degraded", {{"storage", part("healthy", true)}, {"upstream.omie", part("degraded")}});
  const Plugin plugin{host};
  const auto outcome = run(plugin, "health_check_complete");
  REQUIRE(outcome.is_result());
  CHECK(outcome.structured.at("status") == "degraded");
  CHECK(outcome.structured.at("score") == 83);  // (2 · 100 + 50) / 3
  CHECK(outcome.structured.at("checked_at") == "2026-10-14T17:46:40Z");
  CHECK(outcome.structured.at("uptime_seconds") == 3600);
  CHECK(outcome.structured.at("summary").at("degraded") == 1);
  CHECK(names(outcome) == std::vector<std::string>{"upstream.omie", "storage"});
  CHECK(outcome.structured.at("components").at(0).at("next_step") == "wait a minute");
  CHECK_THAT(outcome.text(),
             Contains("degraded (score 83)") &&
                 Contains("upstream.omie is degraded since 2026-10-14T17:00:00Z: it answers slowly. Next: wait") &&
                 Contains("Healthy: storage"));
}

TEST_CASE("One component or one group can be asked for, and the whole's status stays the whole's") {
  FakeHost host;
  report(host, "unhealthy",
         {{"storage", part("unhealthy", true)},
          {"upstream.omie", part("healthy")},
          {"upstream.shop", part("healthy")},
          {"upstreams", part("healthy")}});
  const Plugin plugin{host};
  const auto group = run(plugin, "health_check_complete", {{"component", "upstream"}});
  CHECK(names(group) == std::vector<std::string>{"upstream.omie", "upstream.shop"});
  CHECK(group.structured.at("status") == "unhealthy");
  CHECK(group.structured.at("score") == 100);
  CHECK(names(run(plugin, "health_check_complete", {{"component", "storage"}})) == std::vector<std::string>{"storage"});
}

TEST_CASE("An unknown component is a tool error that names the known ones") {
  FakeHost host;
  report(host, "healthy", {{"storage", part("healthy")}, {"cache", part("healthy")}});
  const Plugin plugin{host};
  const auto outcome = run(plugin, "health_check_complete", {{"component", "disc"}});
  CHECK(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK(outcome.message == "there is no component \"disc\"; known: cache, storage");
}

TEST_CASE("Without the health service the tool says what to grant") {
  FakeHost host;
  host.withheld.insert(TOMADA_HEALTH_READ);
  const Plugin plugin{host};
  const auto outcome = run(plugin, "health_check_complete");
  CHECK(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(outcome.message, Contains("tomada.health_read/1"));
}
