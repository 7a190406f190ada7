#include <tomada/json.hpp>

#include <catch2/catch.hpp>

#include <limits>

using tomada::sdk::read_exact;
using tomada::sdk::write;
namespace json = boost::json;

TEST_CASE("the exact reader keeps the digits of every number that is no 64-bit integer") {
  const auto value = read_exact(R"({"a": 74.90, "b": 1e400, "c": 12345678901234567890, "d": [1, -2.50], "e": -3})");
  CHECK(value.at("a") == "74.90");
  CHECK(value.at("b") == "1e400");
  CHECK(value.at("c") == "12345678901234567890");
  CHECK(value.at("d") == json::array{1, "-2.50"});
  CHECK(value.at("e") == -3);
}

TEST_CASE("the exact reader reads everything else as it is") {
  const auto value = read_exact(R"({"text": "a\n\u00e9", "yes": true, "no": false, "none": null, "empty": {"": []}})");
  CHECK(value.at("text") == "a\n\xc3\xa9");
  CHECK(value.at("yes") == true);
  CHECK(value.at("no") == false);
  CHECK(value.at("none").is_null());
  CHECK(value.at("empty") == json::object{{"", json::array{}}});
}

TEST_CASE("the exact reader says where the text stops being JSON") {
  CHECK_THROWS_WITH(read_exact(R"({"a":1,})"), "this is not JSON at byte 7: syntax error");
  CHECK_THROWS_AS(read_exact("{} x"), std::runtime_error);
  CHECK_THROWS_AS(read_exact(""), std::runtime_error);
  CHECK_THROWS_AS(read_exact("[1"), std::runtime_error);
  CHECK_THROWS_AS(read_exact(std::string(200, '[')), std::runtime_error);
}

TEST_CASE("the writer prints numbers as a person would, and never what is no JSON") {
  CHECK(write(json::value{{"a", 42.0}, {"b", 0.1}, {"c", 1e300}, {"d", 7}}) ==
        R"({"a":42.0,"b":0.1,"c":1e+300,"d":7})");
  CHECK(write(json::array{std::numeric_limits<double>::infinity()}) == "[null]");
  CHECK(write(json::value("tab\t quote\" slash\\ \x01")) == R"("tab\u0009 quote\" slash\\ \u0001")");
  CHECK(write(json::array{json::array{}, json::object{}}) == "[[],{}]");
  CHECK(write(json::value(std::uint64_t{18446744073709551615u})) == "18446744073709551615");
}
