#include "core/json/indent.hpp"

#include <catch2/catch.hpp>

using tomada::json::indented;

TEST_CASE("indented text keeps every token as it was written") {
  CHECK(indented(R"({"a":[1,-692.10,1e2,"x, {\"y\": \\"],"b":{},"c":[],"d":{"e":null,"f":true}})") == R"({
  "a": [
    1,
    -692.10,
    1e2,
    "x, {\"y\": \\"
  ],
  "b": {},
  "c": [],
  "d": {
    "e": null,
    "f": true
  }
})");
}

TEST_CASE("indenting replaces the blanks that were there") {
  CHECK(indented(" { \"a\" : [ ] , \"b\":\n{ \"c\" : 0 } } ") == "{\n  \"a\": [],\n  \"b\": {\n    \"c\": 0\n  }\n}");
  CHECK(indented("12.50") == "12.50");
  CHECK(indented(R"("{")") == R"("{")");
  CHECK(indented("[[],\"[\",1]") == "[\n  [],\n  \"[\",\n  1\n]");
}
