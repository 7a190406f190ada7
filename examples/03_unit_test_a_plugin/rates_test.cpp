// No server, no network: the host answers what the test says.
#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

using namespace tomada::testing;

TEST_CASE("an amount is converted exactly") {
  FakeHost host;
  host.answer("bank", "/rates/EUR", R"({"rate": 0.17})");
  const Plugin plugin{host};

  const auto outcome = run(plugin, "rates_convert", {{"amount", "74.90"}});

  REQUIRE(outcome.structured.at("amount") == "12.73");
}

TEST_CASE("a bank that does not answer is told to the model") {
  FakeHost host;
  host.answer("bank", "/rates/EUR", "closed", 503);
  const Plugin plugin{host};

  const auto outcome = run(plugin, "rates_convert", {{"amount", "1"}});

  REQUIRE(outcome.kind == TOMADA_TOOL_ERROR);
  REQUIRE(outcome.message == "the bank gives no rate now (closed); try again later");
}
