#include "core/alerts/rule.hpp"

#include <catch2/catch.hpp>

using tomada::ErrorCode;
using tomada::alerts::read_rule;
using tomada::alerts::Rule;
using tomada::alerts::to_json;
namespace json = tomada::json;

namespace {

json::object complete() {
  return {{"name", "disk_full"},
          {"metric", "disk_percent"},
          {"operator", ">="},
          {"threshold", 90.5},
          {"for", 60},
          {"severity", "critical"},
          {"channel", "slack"},
          {"enabled", false},
          {"message", "the disk fills up"}};
}

json::object with(const char* key, json::value value) {
  json::object out = complete();
  out[key] = std::move(value);
  return out;
}

}  // namespace

TEST_CASE("A rule comes out of JSON as it went in") {
  const auto rule = read_rule(complete());
  REQUIRE(rule.has_value());
  CHECK(to_json(*rule) == complete());
}

TEST_CASE("What a rule leaves out has its default") {
  const auto rule = read_rule({{"name", "a"}, {"metric", "m"}, {"operator", "<"}, {"threshold", 1}});
  REQUIRE(rule.has_value());
  CHECK(rule->severity == "warning");
  CHECK(rule->channel == "log");
  CHECK(rule->is_enabled);
  CHECK(rule->for_seconds == 0);
}

TEST_CASE("A wrong member is refused with its place and what was expected") {
  const std::vector<std::pair<const char*, json::value>> wrong{
      {"name", "Disk full"}, {"name", ""},
      {"name", 7},           {"name", json::string(65, 'a')},
      {"metric", ""},        {"metric", "a b"},
      {"operator", "=>"},    {"operator", nullptr},
      {"threshold", "90"},   {"threshold", true},
      {"for", -1},           {"for", 1.5},
      {"for", 604'801},      {"severity", "bad"},
      {"channel", "a/b"},    {"enabled", "yes"},
      {"message", 5},        {"message", json::string(501, 'x')}};
  for (const auto& [key, value] : wrong) {
    INFO(key);
    const auto rule = read_rule(with(key, value));
    REQUIRE(rule.has_error());
    CHECK(rule.error().code == ErrorCode::invalid_argument);
    CHECK(rule.error().where == std::string{"rule."} + key);
    CHECK(rule.error().message.find("expected") == 0);
  }
}

TEST_CASE("An unknown member is refused with the nearest known one") {
  const auto rule = read_rule(with("treshold", 5));
  REQUIRE(rule.has_error());
  CHECK(rule.error().text() == "rule.treshold: a rule has no member \"treshold\" (did you mean \"threshold\"?)");
}

TEST_CASE("Each operator compares as it reads") {
  const auto holds = [](const char* symbol, double value) {
    return read_rule({{"name", "a"}, {"metric", "m"}, {"operator", symbol}, {"threshold", 5}})->holds(value);
  };
  const std::vector<std::tuple<const char*, bool, bool, bool>> table{
      {">", false, false, true}, {">=", false, true, true},  {"<", true, false, false},
      {"<=", true, true, false}, {"==", false, true, false}, {"!=", true, false, true}};
  for (const auto& [symbol, below, same, above] : table) {
    INFO(symbol);
    CHECK(holds(symbol, 4) == below);
    CHECK(holds(symbol, 5) == same);
    CHECK(holds(symbol, 6) == above);
  }
}

TEST_CASE("The default rules are the predecessor's three") {
  const auto rules = tomada::alerts::default_rules();
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].condition() == "memory_percent > 85");
  CHECK(rules[0].channel == "email");
  CHECK(rules[1].condition() == "api_failures >= 3");
  CHECK(rules[1].channel == "slack");
  CHECK(rules[2].condition() == "response_time_ms > 5000");
  CHECK(rules[2].channel == "log");
  for (const auto& rule : rules) CHECK(read_rule(to_json(rule)).value() == rule);
}
