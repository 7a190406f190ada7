#include "core/json/writer.hpp"

#include "core/json/reader.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace tomada;

namespace {

std::string written(double number) { return json::text(json::value(number)); }

std::string canonical(std::string_view text) {
  std::string out;
  json::write_canonical(out, json::read(text).value());
  return out;
}

std::string quoted(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

}  // namespace

TEST_CASE("doubles are written as a person would") {
  CHECK(written(42) == "42.0");
  CHECK(written(0.1) == "0.1");
  CHECK(written(1234.56) == "1234.56");
  CHECK(written(0) == "0.0");
  CHECK(written(-0.0) == "-0.0");
  CHECK(written(1e21) == "1e+21");
  CHECK(written(1e-7) == "1e-07");
  CHECK(written(std::numeric_limits<double>::denorm_min()) == "5e-324");
}

TEST_CASE("a number that is not finite becomes null") {
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("integers keep all their digits") {
  CHECK(json::text(json::value(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  CHECK(json::text(json::value(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
}

TEST_CASE("control characters, quotes and backslashes are escaped, UTF-8 passes through") {
  CHECK(quoted("a\"b\\c\n\r\t\x01\x1f\x7f/") == "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f\x7f/\"");
  CHECK(quoted("São João — 日本 😀") == "\"São João — 日本 😀\"");
  CHECK(quoted(std::string_view{"\0", 1}) == "\"\\u0000\"");
  CHECK(quoted("") == "\"\"");
}

TEST_CASE("bytes that are no UTF-8 are replaced, so that the output is always JSON") {
  CHECK(quoted("a\xff"
               "b") ==
        "\"a\xEF\xBF\xBD"
        "b\"");
  CHECK(quoted("\xe2\x82") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(json::read(quoted("\xed\xa0\x80 \xc0\xaf ok")).has_value());
}

TEST_CASE("containers are written without spaces, empty ones too") {
  const auto value = json::read(R"({ "a" : [ ] , "b" : { } , "c" : [ 1 , { "d" : null } ] })").value();
  CHECK(json::text(value) == R"({"a":[],"b":{},"c":[1,{"d":null}]})");
  std::string out = "x=";
  json::write(out, value.as_object().at("c").as_array());
  CHECK(out == R"(x=[1,{"d":null}])");
}

TEST_CASE("equal values have equal canonical texts") {
  CHECK(canonical(R"({"b":1,"a":[1.0,{"z":1,"y":2}]})") == R"({"a":[1,{"y":2,"z":1}],"b":1})");
  CHECK(canonical(R"({"a":1})") == canonical(R"({"a":1.0})"));
  CHECK(canonical("-0.0") == canonical("0"));
  CHECK(canonical("1e19") == canonical("10000000000000000000"));
  CHECK(canonical("1e300") == "1e+300");
  CHECK(canonical("0.5") == "0.5");
  CHECK(canonical("[]") == "[]");
  CHECK(canonical("{}") == "{}");
  CHECK(canonical(R"({"a":1})") != canonical(R"({"a":"1"})"));
}
