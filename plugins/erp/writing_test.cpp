// The tools that book, on the demo company: who is asked, what is sent, and that nothing is booked twice.
#include "demo/entries.hpp"
#include "fixture.hpp"
#include "tools/tax_id.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::erp;
namespace json = boost::json;

namespace {

testing::CallOptions asking() {
  testing::CallOptions out;
  out.capabilities = R"({"elicitation":{"form":{}}})";
  return out;
}
const auto can_ask = asking();

struct Desk : PluginFixture {
  Desk() {
    host.config["writes"] = true;
    partner = std::string{facts("erp_partners", {{"role", "supplier"}, {"active", true}, {"limit", 1}})
                              .at("items")
                              .at(0)
                              .at("id")
                              .as_string()};
  }
  [[nodiscard]] json::object rent(const char* amount = "1234.56") const {
    return {{"partner_id", partner}, {"amount", amount}, {"due_on", "2026-12-05"}, {"category", "2.02.01"}};
  }
  // Asks, then comes back with what the person said.
  testing::Outcome say(const char* tool, const json::object& arguments, const char* said) {
    auto asked = plugin->run(tool, arguments, can_ask);
    if (asked.kind != TOMADA_NEEDS_INPUT) return asked;
    question = asked.requests.begin()->value().at("params").at("message").as_string().c_str();
    auto options = can_ask;
    options.state = asked.state;
    options.answers = json::serialize(json::object{{asked.requests.begin()->key(), json::parse(said)}});
    return plugin->run(tool, arguments, options);
  }
  testing::Outcome confirm(const char* tool, const json::object& arguments) {
    return say(tool, arguments, R"({"action":"accept","content":{"confirm":true}})");
  }
  [[nodiscard]] std::int64_t payables() {
    return facts("erp_payables", {{"status", "all"}, {"limit", 1}}).at("total").as_int64();
  }
  std::string partner, question;
};

}  // namespace

TEST_CASE("erp writes: the tools are there only when the configuration says so, and are not read-only", "[erp]") {
  PluginFixture without;
  without.host.config["compat"] = false;
  CHECK(testing::Plugin{without.host}.tools().size() == 10);
  without.host.config["writes"] = true;
  CHECK(testing::Plugin{without.host}.tools().size() == 13);
}

TEST_CASE("erp writes: what is confirmed is shown to the cent, booked, noted before and after, and found again",
          "[erp]") {
  Desk desk;
  const auto before = desk.payables();
  const auto booked = desk.confirm("erp_create_payable", desk.rent());
  REQUIRE(booked.is_result());
  CHECK(desk.question.find("Amount: 1234.56 BRL") != std::string::npos);
  CHECK(desk.question.find("Due: 2026-12-05") != std::string::npos);
  CHECK(desk.question.find(desk.partner) != std::string::npos);
  CHECK(booked.structured.at("booked") == true);
  CHECK(booked.structured.at("repeated") == false);
  CHECK(desk.payables() == before + 1);
  REQUIRE(desk.host.audit.size() == 1);
  CHECK(desk.host.audit[0].at("state") == "done");
  CHECK(desk.host.audit[0].at("arguments").at("amount") == "1234.56");
  const auto found = desk.facts("erp_payables", {{"min_amount", "1234.56"}, {"max_amount", "1234.56"}});
  CHECK(found.at("items").at(0).at("id") == booked.structured.at("id"));
}

TEST_CASE("erp writes: who says no, closes the question or leaves the box empty has nothing booked", "[erp]") {
  const auto* said = GENERATE(R"({"action":"decline"})", R"({"action":"cancel"})",
                              R"({"action":"accept","content":{"confirm":false}})", R"({"action":"accept"})");
  Desk desk;
  const auto before = desk.payables();
  const auto answer = desk.say("erp_create_payable", desk.rent(), said);
  REQUIRE(answer.is_result());
  CHECK(answer.structured.at("booked") == false);
  CHECK(answer.text().find("Nothing was sent") != std::string::npos);
  CHECK(desk.payables() == before);
  CHECK(desk.host.audit.empty());
}

TEST_CASE("erp writes: a client that cannot ask its user is refused in words", "[erp]") {
  Desk desk;
  const auto refused = desk.plugin->run("erp_create_payable", desk.rent());
  CHECK(refused.kind == TOMADA_TOOL_ERROR);
  CHECK(refused.message.find("Nothing was sent") != std::string::npos);
  CHECK(refused.message.find("elicitation") != std::string::npos);
}

TEST_CASE("erp writes: the same again that day is answered with what was booked, without asking", "[erp]") {
  Desk desk;
  const auto first = desk.confirm("erp_create_payable", desk.rent());
  const auto after = desk.payables();
  auto spelled = desk.rent();
  spelled["amount"] = 1234.56;
  const auto again = desk.plugin->run("erp_create_payable", spelled, can_ask);
  REQUIRE(again.is_result());
  CHECK(again.structured.at("repeated") == true);
  CHECK(again.structured.at("id") == first.structured.at("id"));
  auto other = desk.rent();
  other["idempotency_key"] = "second rent";
  CHECK(desk.confirm("erp_create_payable", other).structured.at("repeated") == false);
  CHECK(desk.payables() == after + 1);
}

TEST_CASE("erp writes: a key that was used for something else is refused", "[erp]") {
  Desk desk;
  auto first = desk.rent(), other = desk.rent("99.00");
  first["idempotency_key"] = other["idempotency_key"] = "k-1";
  REQUIRE(desk.confirm("erp_create_payable", first).is_result());
  const auto refused = desk.confirm("erp_create_payable", other);
  CHECK(refused.kind == TOMADA_INVALID_PARAMS);
  CHECK(refused.message.find("idempotency_key") != std::string::npos);
}

TEST_CASE("erp writes: a yes to one thing is no yes to another", "[erp]") {
  Desk desk;
  auto shown = desk.rent("10.00"), sent = desk.rent("9999.00");
  shown["idempotency_key"] = sent["idempotency_key"] = "k-1";
  const auto asked = desk.plugin->run("erp_create_payable", shown, can_ask);
  auto options = can_ask;
  options.state = asked.state;
  options.answers = json::serialize(
      json::object{{asked.requests.begin()->key(), json::parse(R"({"action":"accept","content":{"confirm":true}})")}});
  const auto answer = desk.plugin->run("erp_create_payable", sent, options);
  CHECK(answer.kind == TOMADA_NEEDS_INPUT);
  CHECK(desk.host.audit.empty());
}

TEST_CASE("erp writes: an attempt that was cut off after it was booked books nothing more when repeated", "[erp]") {
  Desk desk;
  const auto first = desk.confirm("erp_create_payable", desk.rent());
  const auto after = desk.payables();
  desk.host.audit[0]["state"] = "open";  // killed before the outcome was noted
  desk.plugin = std::make_unique<testing::Plugin>(desk.host);
  const auto again = desk.confirm("erp_create_payable", desk.rent());
  REQUIRE(again.is_result());
  CHECK(again.structured.at("repeated") == true);
  CHECK(again.structured.at("id") == first.structured.at("id"));
  CHECK(desk.payables() == after);
}

TEST_CASE("erp writes: what cannot be noted is not sent", "[erp]") {
  Desk desk;
  desk.host.audit_is_full = true;
  const auto before = desk.payables();
  const auto refused = desk.confirm("erp_create_payable", desk.rent());
  CHECK(refused.kind == TOMADA_TOOL_ERROR);
  CHECK(refused.message.find("nothing was sent") != std::string::npos);
  CHECK(desk.payables() == before);
}

TEST_CASE("erp writes: arguments that make no sense are refused before anybody is asked", "[erp]") {
  Desk desk;
  const auto refused = [&](const char* key, const json::value& value, const char* word) {
    auto arguments = desk.rent();
    arguments[key] = value;
    const auto outcome = desk.plugin->run("erp_create_payable", arguments, can_ask);
    INFO(key << ' ' << json::serialize(value) << ": " << outcome.message);
    CHECK((outcome.kind == TOMADA_INVALID_PARAMS || outcome.kind == TOMADA_TOOL_ERROR));
    CHECK(outcome.message.find(word) != std::string::npos);
  };
  refused("amount", "-10.00", "more than zero");
  refused("amount", "0", "more than zero");
  refused("amount", "10.001", "whole cents");
  refused("amount", "ten", "no amount");
  refused("amount", "1e30", "no amount");
  refused("due_on", "2026-02-30", "no day of the calendar");
  refused("due_on", "2026-11-01", "before issued_on");
  refused("due_on", "2199-01-01", "30 years");
  refused("partner_id", "424242", "no partner");
  refused("category", "1.01.01", "no category");
  refused("category", "2.02", "no category");
  refused("category", "2.02.01' OR '1'='1", "no category");
  refused("document", "NF 1\nAmount: 1.00", "line ends");
  refused("document",
          "\xe2\x80\xae"
          "00.1",
          "invisible");
  refused("idempotency_key", json::string(61, 'k'), "at most 60");
  CHECK(desk.host.audit.empty());
}

TEST_CASE("erp writes: a partner with accents and quotes is kept as it was written, once", "[erp]") {
  Desk desk;
  const json::object ines{{"name", "Inês D'Ávila & Cia \"São João\"; DROP TABLE titles"},
                          {"tax_id", "11222333000181"},
                          {"role", "both"},
                          {"city", "Atibaia"},
                          {"state", "SP"}};
  const auto made = desk.confirm("erp_create_partner", ines);
  REQUIRE(made.is_result());
  CHECK(desk.question.find("11.222.333/0001-81") != std::string::npos);
  const auto by_tax_id = desk.facts("erp_partners", {{"query", "11.222.333/0001-81"}}).at("items").at(0);
  CHECK(by_tax_id.at("name") == ines.at("name"));
  CHECK(by_tax_id.at("id") == made.structured.at("id"));
  auto other = ines;
  other["idempotency_key"] = "again";
  const auto refused = desk.confirm("erp_create_partner", other);
  CHECK(refused.kind == TOMADA_TOOL_ERROR);
  CHECK(refused.message.find("registered already") != std::string::npos);
  CHECK(desk.host.audit.back().at("state") == "refused");
  const auto bill = desk.confirm("erp_create_receivable", {{"partner_id", made.structured.at("id")},
                                                           {"amount", "10.00"},
                                                           {"due_on", "2026-12-05"},
                                                           {"category", "1.01.01"}});
  CHECK(bill.is_result());
}

TEST_CASE("erp writes: tax ids are checked by their digits, with letters in a CNPJ", "[erp]") {
  using tools::read_tax_id;
  CHECK(read_tax_id("11222333000181") == "11.222.333/0001-81");
  CHECK(read_tax_id("12.ABC.345/01DE-35") == "12.ABC.345/01DE-35");
  CHECK(read_tax_id("12345678909") == "123.456.789-09");
  CHECK_FALSE(read_tax_id("11222333000182"));
  CHECK_FALSE(read_tax_id("00000000000"));
  CHECK_FALSE(read_tax_id("12345678909x"));
  CHECK_FALSE(read_tax_id(""));
}

TEST_CASE("erp writes: what was booked before midnight and not answered is not booked again after it", "[erp]") {
  Desk desk;
  const auto first = desk.confirm("erp_create_payable", desk.rent());
  REQUIRE(first.is_result());
  const auto next_day = [&] {
    desk.host.config["today"] = (*Date::read_iso(desk.host.config["today"].as_string().c_str()) + 1).iso();
    desk.plugin = std::make_unique<testing::Plugin>(desk.host);
    return desk.confirm("erp_create_payable", desk.rent());
  };
  desk.host.audit.at(0)["state"] = "unknown";
  const auto again = next_day();
  REQUIRE(again.is_result());
  CHECK(again.structured.at("key") == first.structured.at("key"));
  CHECK(again.structured.at("repeated") == true);
  const auto another = next_day();  // known to be booked by now: this is another entry
  REQUIRE(another.is_result());
  CHECK(another.structured.at("key") != first.structured.at("key"));
}
