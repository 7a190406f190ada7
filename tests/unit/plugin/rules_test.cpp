// The parts of the loader that need no shared object: lanes, header rules, languages.
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/plugin/definition.hpp"
#include "core/plugin/header_rules.hpp"
#include "core/plugin/lane.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace tomada;
using plugin::Lane;
using plugin::Work;

namespace {

struct Yard {  // where work goes on: it waits until the test runs it
  std::vector<Work> standing;
  std::size_t room = 100;
  std::vector<std::string> said;

  Lane::Onward onward() {
    return [this](Work work) {
      if (standing.size() >= room) return false;
      standing.push_back(std::move(work));
      return true;
    };
  }
  Work work(const std::string& name) {
    return {[this, name] { said.push_back(name); }, [this, name] { said.push_back("no room for " + name); }};
  }
};

std::string in_portuguese(std::string_view text) {
  auto value = *json::read(text);
  plugin::localise(value, "pt-BR");
  return json::text(value);
}

Error header_error(std::string_view schema) {
  const auto checked = plugin::check_headers(*json::read(schema));
  return checked ? Error{} : checked.error();
}

}  // namespace

TEST_CASE("a lane starts as much as it is wide, queues as much as it may, and refuses the rest") {
  Yard yard;
  Lane lane{2, 1, yard.onward()};
  CHECK(lane.enter(yard.work("a")));
  CHECK(lane.enter(yard.work("b")));
  CHECK(lane.enter(yard.work("c")));
  CHECK_FALSE(lane.enter(yard.work("d")));
  CHECK(yard.standing.size() == 2);
  lane.leave();
  REQUIRE(yard.standing.size() == 3);
  yard.standing[2].run();
  CHECK(yard.said == std::vector<std::string>{"c"});
}

TEST_CASE("a lane whose way on is blocked refuses and stays usable") {
  Yard yard;
  yard.room = 0;
  Lane lane{1, 4, yard.onward()};
  CHECK_FALSE(lane.enter(yard.work("a")));
  yard.room = 1;
  CHECK(lane.enter(yard.work("b")));
  CHECK(lane.enter(yard.work("c")));
  lane.leave();  // c may start, but there is no room
  CHECK(yard.said == std::vector<std::string>{"no room for c"});
  yard.room = 2;
  CHECK(lane.enter(yard.work("d")));
  CHECK(yard.standing.size() == 2);
}

TEST_CASE("work that is refused further on gives its turn to the next") {
  Yard yard;
  Lane lane{1, 4, yard.onward()};
  CHECK(lane.enter(yard.work("a")));
  CHECK(lane.enter(yard.work("b")));
  yard.standing[0].refuse();
  CHECK(yard.said == std::vector<std::string>{"no room for a"});
  CHECK(yard.standing.size() == 2);
}

TEST_CASE("titles and descriptions become one language at any depth") {
  CHECK(in_portuguese(R"({"title":{"en":"A","pt-BR":"B"},"items":[{"description":{"en":"C","pt-BR":"D"}}]})") ==
        R"({"title":"B","items":[{"description":"D"}]})");
  CHECK(in_portuguese(R"({"description":{"en":"only English"}})") == R"({"description":"only English"})");
}

TEST_CASE("a property that is called title stays a property") {
  const std::string text = R"({"properties":{"title":{"type":"string"},"description":{"type":"string"}}})";
  CHECK(in_portuguese(text) == text);
}

TEST_CASE("a header annotation may stand on a string, integer or boolean property") {
  CHECK(header_error(R"({"type":"object","properties":{
    "region":{"type":"string","x-mcp-header":"Region"},
    "deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}},
    "flag":{"type":"boolean","x-mcp-header":"Flag"},
    "x-mcp-header":{"type":"string"}}})") == Error{});
}

TEST_CASE("a header annotation elsewhere is refused with its place") {
  struct Case {
    const char *schema, *where, *message;
  };
  const Case cases[] = {
      {R"({"properties":{"a":{"type":"number","x-mcp-header":"A"}}})", "/properties/a", "needs a property of type"},
      {R"({"properties":{"a":{"type":["string","null"],"x-mcp-header":"A"}}})", "/properties/a", "needs a property"},
      {R"({"properties":{"a":{"type":"string","x-mcp-header":""}}})", "/properties/a", "is no HTTP header name"},
      {R"({"properties":{"a":{"type":"string","x-mcp-header":"A B"}}})", "/properties/a", "is no HTTP header name"},
      {R"({"properties":{"a":{"type":"string","x-mcp-header":7}}})", "/properties/a", "is no HTTP header name"},
      {R"({"properties":{"a":{"type":"string","x-mcp-header":"X"},"b":{"type":"string","x-mcp-header":"x"}}})",
       "/properties/b", "is used twice"},
      {R"({"properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}})", "/properties/a/items",
       "stands where"},
      {R"({"anyOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]})", "/anyOf/properties/a",
       "stands where"},
      {R"({"$defs":{"a":{"type":"string","x-mcp-header":"A"}}})", "/$defs/a", "stands where"},
      {R"({"type":"string","x-mcp-header":"A"})", "", "stands where"},
  };
  for (const auto& one : cases) {
    const auto error = header_error(one.schema);
    INFO(one.schema);
    CHECK(error.where == one.where);
    CHECK(error.message.find(one.message) != std::string::npos);
  }
}

TEST_CASE("what looks like a header annotation inside data is none") {
  CHECK(header_error(R"({"properties":{"a":{"default":{"x-mcp-header":7},"enum":[{"x-mcp-header":7}]}}})") == Error{});
}
