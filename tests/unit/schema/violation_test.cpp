#include "core/json/reader.hpp"
#include "core/schema/schema.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace tomada;

namespace {

// Every violation on a line of its own.
std::string complaints(std::string_view definition, std::string_view instance, std::size_t at_most = 8) {
  const auto schema = schema::Schema::compile(json::read(definition).value()).value();
  std::string out;
  for (const auto& violation : schema.violations(json::read(instance).value(), at_most)) {
    out += (out.empty() ? "" : "\n") + violation.text();
  }
  return out;
}

constexpr std::string_view receivables = R"({
  "type": "object",
  "properties": {
    "status": {"enum": ["open", "paid", "overdue"]},
    "limit": {"type": "integer", "minimum": 1, "maximum": 50},
    "from": {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
  },
  "required": ["status"],
  "additionalProperties": false
})";

}  // namespace

TEST_CASE("a violation says where, what was expected and what was found") {
  CHECK(complaints(receivables, R"({"status":"open","limit":900})") == "/limit: expected at most 50, found 900");
  CHECK(complaints(receivables, R"({"status":"late"})") ==
        R"(/status: expected one of "open", "paid", "overdue", found "late")");
  CHECK(complaints(receivables, R"({"status":"open","limit":"ten"})") == R"(/limit: expected an integer, found "ten")");
  CHECK(complaints(receivables, R"([1,2])") == "expected an object, found an array of 2 elements");
  CHECK(complaints(receivables, R"({"status":"open","from":"tomorrow"})") ==
        R"(/from: expected a text that matches ^\d{4}-\d{2}-\d{2}$, found "tomorrow")");
}

TEST_CASE("a missing property is named, and an unknown one with the nearest known") {
  CHECK(complaints(receivables, "{}") == R"(expected the property "status", found an empty object without)");
  CHECK(complaints(receivables, R"({"status":"open","limt":5})") ==
        R"(/limt: expected no property of this name (did you mean "limit"?), found 5)");
  CHECK(complaints(receivables, R"({"status":"open","colour":5})") ==
        R"(/colour: expected no property of this name (known: "from", "limit", "status"), found 5)");
  CHECK(complaints(R"({"required":["a","b","c"]})", R"({"b":1})") ==
        R"(expected the properties "a", "c", found an object without)");
}

TEST_CASE("all violations are listed, up to the number that was asked for") {
  const std::string_view wrong = R"({"status":1,"limit":0,"from":2,"x":3})";
  const auto all = complaints(receivables, wrong);
  CHECK(std::count(all.begin(), all.end(), '\n') == 3);
  const auto two = complaints(receivables, wrong, 2);
  CHECK(std::count(two.begin(), two.end(), '\n') == 1);
}

TEST_CASE("alternatives that all fail at the same place are joined") {
  CHECK(complaints(R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "5") == "expected a string or null, found 5");
  CHECK(complaints(R"({"type":["string","null"]})", "5") == "expected null or a string, found 5");
}

TEST_CASE("of alternatives the one that came farthest explains itself") {
  CHECK(
      complaints(
          R"({"anyOf":[{"type":"null"},{"properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}}}}]})",
          R"({"a":{"b":1}})") == "/a/b: expected a string, found 1");
}

TEST_CASE("each keyword has words of its own") {
  CHECK(complaints(R"({"minLength":3})", R"("é")") == R"(expected at least 3 characters, found "é")");
  CHECK(complaints(R"({"maxLength":1})", R"("éé")") == R"(expected at most 1 character, found "éé")");
  CHECK(complaints(R"({"maxLength":1})", R"("é")").empty());
  CHECK(complaints(R"({"minItems":1})", "[]") == "expected at least 1 element, found an empty array");
  CHECK(complaints(R"({"uniqueItems":true})", "[1,2,1.0]") ==
        "expected elements that all differ, found the same at 0 and 2");
  CHECK(complaints(R"({"multipleOf":0.01})", "1.005") == "expected a multiple of 0.01, found 1.005");
  CHECK(complaints(R"({"exclusiveMinimum":0})", "0") == "expected more than 0, found 0");
  CHECK(complaints(R"({"const":"x"})", R"("y")") == R"(expected "x", found "y")");
  CHECK(complaints(R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})") ==
        R"(expected the property "b" beside "a", found an object without)");
  CHECK(complaints(R"({"contains":{"type":"null"}})", "[1]") ==
        "expected at least 1 element of a certain kind, found 0 of them");
  CHECK(complaints(R"({"not":{"type":"null"}})", "null") ==
        "expected a value other than the excluded ones, found null");
  CHECK(complaints(R"({"oneOf":[{"type":"number"},{"minimum":0}]})", "1") ==
        "expected a value that fits exactly one of 2 forms, found 1, which fits 2");
  CHECK(complaints(R"({"propertyNames":{"maxLength":2}})", R"({"abc":1})") ==
        R"(expected property names to be at most 2 characters, found "abc")");
  CHECK(complaints(R"({"unevaluatedProperties":false,"properties":{"a":true}})", R"({"a":1,"b":2})") ==
        "/b: expected no property of this name, found 2");
  CHECK(complaints("false", "1") == "expected nothing here, found 1");
}

TEST_CASE("paths are JSON pointers, long values are shortened") {
  CHECK(complaints(R"({"additionalProperties":{"items":{"type":"null"}}})", R"({"a/b~c":[null,1]})") ==
        "/a~1b~0c/1: expected null, found 1");
  const std::string found = complaints(R"({"type":"null"})", "\"" + std::string(500, 'x') + "\"");
  CHECK(found.size() < 120);
  CHECK(found.ends_with("x…"));
}

TEST_CASE("a schema can be moved") {
  auto first = schema::Schema::compile(json::read(receivables).value()).value();
  const schema::Schema second = std::move(first);
  CHECK(second.accepts(json::read(R"({"status":"open"})").value()));
  CHECK_FALSE(second.accepts(json::read("{}").value()));
}
