#include "core/json/reader.hpp"
#include "core/schema/schema.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada;

namespace {

Error refusal(std::string_view definition) {
  const auto compiled = schema::Schema::compile(json::read(definition).value());
  REQUIRE(!compiled);
  return compiled.error();
}

bool accepts(std::string_view definition, std::string_view instance, const schema::Options& options = {}) {
  return schema::Schema::compile(json::read(definition).value(), options)
      .value()
      .accepts(json::read(instance, {}, {1024, 4u << 20}).value());
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a faulty keyword is refused with its JSON pointer") {
  CHECK(refusal(R"({"properties":{"a":{"type":"strin"}}})").where == "/properties/a/type");
  CHECK(refusal(R"({"minLength":-1})").where == "/minLength");
  CHECK(refusal(R"({"minItems":1.5})").where == "/minItems");
  CHECK(refusal(R"({"multipleOf":0})").where == "/multipleOf");
  CHECK(refusal(R"({"required":"a"})").where == "/required");
  CHECK(refusal(R"({"anyOf":[]})").where == "/anyOf");
  CHECK(refusal(R"({"anyOf":[true,5]})").where == "/anyOf/1");
  CHECK(refusal(R"({"properties":[]})").where == "/properties");
  CHECK(refusal(R"({"properties":{"a/b":{"pattern":"("}}})").where == "/properties/a~1b/pattern");
  CHECK(refusal(R"({"enum":"a"})").where == "/enum");
  CHECK(refusal(R"({"$ref":5})").where == "/$ref");
  CHECK(refusal("5").code == ErrorCode::invalid_argument);
}

TEST_CASE("nothing is fetched from the network") {
  const auto error = refusal(R"({"items":{"$ref":"https://example.com/address.json"}})");
  CHECK(error.where == "/items/$ref");
  CHECK(error.message.find("https://example.com/address.json") != std::string::npos);
  CHECK(error.hint.find("network") != std::string::npos);
}

TEST_CASE("a document that is given can be referred to") {
  schema::Options options;
  options.documents.push_back(
      {"https://example.com/age.json", json::read(R"({"type":"integer","minimum":0})").value()});
  const std::string_view schema = R"({"properties":{"age":{"$ref":"https://example.com/age.json"}}})";
  CHECK(accepts(schema, R"({"age":30})", options));
  CHECK_FALSE(accepts(schema, R"({"age":-1})", options));
}

TEST_CASE("references that lead nowhere or around in a circle are refused") {
  CHECK(refusal(R"({"$ref":"#/$defs/missing"})").message.find("nothing at #/$defs/missing") != std::string::npos);
  CHECK(refusal(R"({"$ref":"#missing"})").message.find("no anchor \"missing\"") != std::string::npos);
  CHECK(refusal(R"({"$ref":"#"})").message.find("refers to itself") != std::string::npos);
  CHECK(
      refusal(R"({"allOf":[{"$ref":"#/$defs/a"}],"$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"$ref":"#/$defs/a"}}})")
          .message.find("refers to itself") != std::string::npos);
  CHECK(accepts(R"({"properties":{"next":{"$ref":"#"}},"required":["value"]})", R"({"value":1,"next":{"value":2}})"));
}

TEST_CASE("a schema of an older dialect is refused instead of misread") {
  const auto error = refusal(R"({"$schema":"http://json-schema.org/draft-07/schema#","type":"object"})");
  CHECK(error.where == "/$schema");
  CHECK(accepts(R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"})", "{}"));
}

TEST_CASE("a chain of thousands of references compiles without recursion") {
  std::string chain = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (int i = 0; i < 500; ++i) {
    chain +=
        "\"d" + std::to_string(i) + R"(":{"properties":{"x":{"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}}},";
  }
  chain += R"("d500":{"type":"string"}}})";
  CHECK(accepts(chain, "{}"));
}

TEST_CASE("depth and number of subschemas are bounded") {
  const std::string deep = repeated(R"({"items":)", 300) + "true" + repeated("}", 300);
  const auto definition = json::read(deep, {}, {1024, 1 << 20}).value();
  CHECK(schema::Schema::compile(definition).error().message.find("nested too deeply") != std::string::npos);
  std::string many = R"({"anyOf":[true)";
  many += repeated(",{}", 60'000) + "]}";
  CHECK(refusal(many).message.find("too many subschemas") != std::string::npos);
}

TEST_CASE("a schema whose cost doubles with every level is stopped, and what it checks is refused") {
  std::string bomb = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (int i = 0; i < 40; ++i) {
    const std::string next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}";
    bomb += "\"d" + std::to_string(i) + R"(":{"anyOf":[)" + next + "," + next + "]},";
  }
  bomb += R"("d40":{"type":"null"}}})";
  const auto schema = schema::Schema::compile(json::read(bomb).value()).value();
  CHECK_FALSE(schema.accepts(json::value(1)));
  CHECK_FALSE(schema.violations(json::value(1)).empty());
  CHECK(schema.accepts(json::value(nullptr)));
}

TEST_CASE("an instance far deeper than the evaluator goes is refused, not crashed on") {
  const std::string_view list = R"({"type":"array","items":{"$ref":"#"}})";
  CHECK(accepts(list, std::string(200, '[') + std::string(200, ']')));
  CHECK_FALSE(accepts(list, std::string(1000, '[') + std::string(1000, ']')));
}

TEST_CASE("a format is an annotation unless it is asserted") {
  const std::string_view date = R"({"format":"date"})";
  schema::Options asserting;
  asserting.asserts_format = true;
  CHECK(accepts(date, R"("tomorrow")"));
  CHECK_FALSE(accepts(date, R"("tomorrow")", asserting));
  CHECK_FALSE(accepts(date, R"("2026-02-29")", asserting));
  CHECK(accepts(date, R"("2028-02-29")", asserting));
  CHECK(accepts(R"({"format":"unknown"})", R"("x")", asserting));
}

TEST_CASE("a quoted mailbox ends at its first quote that is not escaped") {
  schema::Options asserting;
  asserting.asserts_format = true;
  const auto is_email = [&](std::string_view text) { return accepts(R"({"format":"email"})", text, asserting); };
  CHECK(is_email(R"("\"a\\\"b\"@example.com")"));
  CHECK_FALSE(is_email(R"("\"a\\\\\"b\"@example.com")"));
  CHECK_FALSE(is_email(R"("\"ab\\\"@example.com")"));
}

TEST_CASE("numbers are compared and divided exactly") {
  CHECK(accepts(R"({"maximum":9007199254740992})", "9007199254740992"));
  CHECK_FALSE(accepts(R"({"maximum":9007199254740992})", "9007199254740993"));
  CHECK_FALSE(accepts(R"({"maximum":9223372036854775807})", "9223372036854775808"));
  CHECK_FALSE(accepts(R"({"exclusiveMaximum":18446744073709551615})", "1e300"));
  CHECK(accepts(R"({"minimum":-9223372036854775808})", "-9223372036854775808"));
  CHECK_FALSE(accepts(R"({"const":9007199254740993})", "9007199254740992.0"));
  CHECK(accepts(R"({"const":1})", "1.0"));
  CHECK(accepts(R"({"multipleOf":0.01})", "1234567890.12"));
  CHECK(accepts(R"({"multipleOf":0.0001})", "0.0075"));
  CHECK(accepts(R"({"multipleOf":3})", "1e300") == false);
  CHECK(accepts(R"({"multipleOf":5})", "1e300"));
  CHECK(accepts(R"({"multipleOf":7})", "-9223372036854775808") == false);
  CHECK(accepts(R"({"multipleOf":2})", "-9223372036854775808"));
}

TEST_CASE("uniqueness of many elements is checked with the same equality as of few") {
  std::string many = "[";
  for (int i = 0; i < 2000; ++i) many += "{\"a\":" + std::to_string(i) + ",\"b\":[" + std::to_string(i) + "]},";
  CHECK(accepts(R"({"uniqueItems":true})", many + "0]"));
  CHECK_FALSE(accepts(R"({"uniqueItems":true})", many + R"({"b":[77.0],"a":77}])"));
}

TEST_CASE("members and elements beyond the inline marks are tracked too") {
  std::string members = "{", elements = "[";
  for (int i = 0; i < 600; ++i) {
    members += "\"x" + std::to_string(i) + "\":1,";
    elements += "1,";
  }
  const std::string_view open = R"({"anyOf":[{"patternProperties":{"^x":true}},false],"unevaluatedProperties":false})";
  CHECK(accepts(open, members + "\"x\":1}"));
  CHECK_FALSE(accepts(open, members + "\"y\":1}"));
  const std::string_view list = R"({"allOf":[{"contains":{"type":"integer"}}],"unevaluatedItems":false})";
  CHECK(accepts(list, elements + "2]"));
  CHECK_FALSE(accepts(list, elements + "null]"));
}
