#include "core/plugin/answer.hpp"

#include "core/json/reader.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::plugin;

namespace {

tomada_answer structured(std::string_view text) {
  tomada_answer out{};
  out.size = sizeof out;
  out.outcome = TOMADA_RESULT;
  out.structured = {text.data(), text.size()};
  return out;
}

}  // namespace

TEST_CASE("an answer that was approved once is approved again, and excuses no other") {
  const auto schema = schema::Schema::compile(json::read(R"({"type":"object","required":["total"]})").value()).value();
  Approved approved;
  const auto is_accepted = [&](std::string_view text) {
    const auto answer = structured(text);
    const auto outcome = read_answer(&answer, &schema, approved);
    return outcome && outcome->structured == text;
  };
  for (int again = 0; again < 2; ++again) {
    CHECK(is_accepted(R"({"total":7})"));
    CHECK_FALSE(is_accepted(R"({"total":7)"));
    CHECK_FALSE(is_accepted(R"({"sum":7})"));
    CHECK_FALSE(is_accepted(""));
    CHECK(is_accepted(R"({"total":8})"));
  }
}

TEST_CASE("a call that its tool gave up without a word says so") {
  tomada_answer raw{};
  raw.size = sizeof raw;
  raw.outcome = TOMADA_CANCELLED;
  Approved approved;
  const auto outcome = read_answer(&raw, nullptr, approved);
  REQUIRE(outcome.has_value());
  CHECK(outcome->kind == registry::OutcomeKind::cancelled);
  CHECK(outcome->message == "the tool gave the call up");
}
