#include "fixture.hpp"
#include "folding.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace tomada::erp;
using Catch::Contains;
using tomada::testing::json::object;
namespace json = tomada::testing::json;

namespace {

const char* const list_tools[] = {"erp_partners",   "erp_receivables", "erp_payables",
                                  "erp_categories", "erp_products",    "erp_orders"};

std::string string_at(const json::value& from, const char* key) { return std::string{from.at(key).as_string()}; }

}  // namespace

TEST_CASE("overdue receivables are those of the database, oldest first, with their sums") {
  PluginFixture plugin;
  const auto outcome = plugin.ask("erp_receivables", {{"status", "overdue"}, {"limit", 5}});
  const auto& facts = outcome.structured.as_object();
  REQUIRE(facts.at("items").as_array().size() == 5);
  SQLite::Statement rows{
      company(),
      "SELECT t.id, p.name, due_on, amount_cents, open_cents, julianday('2026-11-20') - "
      "julianday(due_on) FROM title_states t JOIN partners p ON p.id = partner_id WHERE is_receivable "
      "AND status = 'overdue' ORDER BY due_on, t.id LIMIT 5"};
  for (const auto& item : facts.at("items").as_array()) {
    REQUIRE(rows.executeStep());
    CHECK(string_at(item, "id") == rows.getColumn(0).getString());
    CHECK(string_at(item, "partner") == rows.getColumn(1).getString());
    CHECK(string_at(item, "due_on") == rows.getColumn(2).getString());
    CHECK(string_at(item, "amount") == Decimal::from_units(rows.getColumn(3).getInt64(), 2).text());
    CHECK(string_at(item, "open") == Decimal::from_units(rows.getColumn(4).getInt64(), 2).text());
    CHECK(item.at("days_overdue").to_number<int>() == rows.getColumn(5).getInt());
    CHECK(string_at(item, "status") == "overdue");
    CHECK_THAT(outcome.text(), Contains(string_at(item, "partner")) && Contains(string_at(item, "amount")));
  }
  const auto where = std::string{" FROM title_states WHERE is_receivable AND status = 'overdue'"};
  CHECK(facts.at("total") == number("SELECT count(*)" + where));
  CHECK(string_at(facts.at("summary"), "open") == money("SELECT sum(open_cents)" + where));
  CHECK(string_at(facts.at("summary"), "overdue") == money("SELECT sum(open_cents)" + where));
  CHECK(facts.at("currency") == "BRL");
  CHECK(facts.at("as_of") == "2026-11-20T09:00:00-03:00");
  CHECK(outcome.source == "demo");
}

TEST_CASE("without arguments receivables and payables are what is open") {
  PluginFixture plugin;
  CHECK(plugin.facts("erp_receivables").at("total") ==
        number("SELECT count(*) FROM title_states WHERE is_receivable AND open_cents > 0"));
  CHECK(plugin.facts("erp_payables").at("total") ==
        number("SELECT count(*) FROM title_states WHERE NOT is_receivable AND open_cents > 0"));
}

TEST_CASE("a filter looks at everything, not only at the first page") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_receivables", {{"status", "all"}, {"partner", "sorveteria"}, {"limit", 3}});
  REQUIRE(facts.at("total") == number("SELECT count(*) FROM titles JOIN partners p ON p.id = partner_id WHERE "
                                      "is_receivable AND name LIKE '%Sorveteria%'"));
  REQUIRE(facts.at("total").to_number<int>() > 3);
  for (const auto& item : facts.at("items").as_array()) CHECK_THAT(string_at(item, "partner"), Contains("Sorveteria"));
}

TEST_CASE("following the cursor shows every item once") {
  PluginFixture plugin;
  object arguments{{"status", "due"}, {"limit", 37}, {"order", "amount"}};
  std::set<std::string> seen;
  std::int64_t total = 0, pages = 0;
  Decimal last{1'000'000'000};
  for (bool has_more = true; has_more; ++pages) {
    const auto facts = plugin.facts("erp_payables", arguments);
    total = facts.at("total").to_number<std::int64_t>();
    for (const auto& item : facts.at("items").as_array()) {
      CHECK(seen.insert(string_at(item, "id")).second);
      CHECK(Decimal::parse(string_at(item, "amount")) <= last);
      last = Decimal::parse(string_at(item, "amount"));
    }
    has_more = facts.contains("next_cursor");
    CHECK(facts.contains("next_step") == has_more);
    if (has_more) arguments["cursor"] = facts.at("next_cursor");
  }
  REQUIRE(total == static_cast<std::int64_t>(seen.size()));
  REQUIRE(pages == (total + 36) / 37);
}

TEST_CASE("a cursor may change its limit but not its filters or its tool, and garbage is refused") {
  PluginFixture plugin;
  const auto cursor = plugin.facts("erp_receivables", {{"status", "paid"}}).at("next_cursor");
  CHECK(plugin.ask("erp_receivables", {{"status", "paid"}, {"cursor", cursor}, {"limit", 50}, {"fresh", true}})
            .is_result());
  const auto refused = [&](const char* tool, const object& arguments) {
    const auto outcome = plugin.ask(tool, arguments);
    CHECK(outcome.kind == TOMADA_INVALID_PARAMS);
    CHECK_THAT(outcome.message,
               Contains("cursor \"" + string_at(arguments, "cursor") + '"') && Contains("next_cursor"));
  };
  refused("erp_receivables", {{"status", "open"}, {"cursor", cursor}});
  refused("erp_receivables", {{"cursor", cursor}});
  refused("erp_payables", {{"status", "paid"}, {"cursor", cursor}});
  for (const auto* garbage : {"x", "-1.abc", "a.", ".", "zzzzzzzzzzzzzzzzzzzzzzz.1", "0.0", "' OR 1=1 --"}) {
    refused("erp_receivables", {{"status", "paid"}, {"cursor", garbage}});
  }
}

TEST_CASE("days that do not exist and ranges turned round are the caller's to mend") {
  PluginFixture plugin;
  // The argument, what came, and what is expected.
  const auto refused = [&](const char* tool, const object& arguments, const char* came, const char* expected) {
    const auto outcome = plugin.ask(tool, arguments);
    CHECK(outcome.kind == TOMADA_INVALID_PARAMS);
    CHECK_THAT(outcome.message, Catch::StartsWith(std::string{arguments.begin()->key()} + ' ' + came));
    CHECK_THAT(outcome.message, Contains(expected));
  };
  refused("erp_receivables", {{"due_from", "2026-02-30"}}, "\"2026-02-30\"", "expected one like 2026-11-20");
  refused("erp_payables", {{"due_to", "2026-13-01"}}, "\"2026-13-01\"", "expected one like 2026-11-20");
  refused("erp_orders", {{"from", "2025-02-29"}}, "\"2025-02-29\"", "no day of the calendar");
  refused("erp_receivables", {{"due_from", "2026-02-02"}, {"due_to", "2026-02-01"}}, "2026-02-02",
          "beyond due_to 2026-02-01, so nothing can match; expected them in order");
  refused("erp_receivables", {{"min_amount", 10}, {"max_amount", 9.99}}, "10", "beyond max_amount 9.99");
  refused("erp_receivables", {{"min_amount", 1e30}}, "1e+30", "expected one like 1234.56");
  refused("erp_orders", {{"from", "2026-02-02"}, {"to", "2026-02-01"}}, "2026-02-02", "beyond to 2026-02-01");
  refused("erp_receivables", {{"status", "late"}}, "\"late\"", "overdue");
}

TEST_CASE("amounts narrow exactly, cents included") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_receivables",
                                  {{"status", "all"}, {"min_amount", 1000.1}, {"max_amount", 1234.56}, {"limit", 100}});
  REQUIRE(facts.at("total") == number("SELECT count(*) FROM titles WHERE is_receivable AND amount_cents BETWEEN 100010 "
                                      "AND 123456"));
  REQUIRE(facts.at("total").to_number<int>() > 0);
}

TEST_CASE("partners are found by name, trade name, CNPJ with or without its punctuation, city and state") {
  PluginFixture plugin;
  const auto tax_id = text("SELECT tax_id FROM partners WHERE name LIKE 'Supermercado%' ORDER BY id LIMIT 1");
  const auto name = text("SELECT name FROM partners WHERE name LIKE 'Supermercado%' ORDER BY id LIMIT 1");
  for (const auto& wanted : {tax_id, digits_of(tax_id), name}) {
    const auto facts = plugin.facts("erp_partners", {{"query", wanted}});
    REQUIRE(facts.at("total") == 1);
    CHECK(string_at(facts.at("items").at(0), "name") == name);
    CHECK(string_at(facts.at("items").at(0), "tax_id") == tax_id);
  }
  const auto saints =
      number("SELECT count(*) FROM partners WHERE name LIKE '%São Jorge%' OR trade_name LIKE '%São Jorge%'");
  for (const auto* wanted : {"sao jorge", "  jorge ", "jorge sao", "Sa\u0303o   JORGE"}) {
    INFO(wanted);
    CHECK(plugin.facts("erp_partners", {{"query", wanted}}).at("total") == saints);
  }
  const auto local = plugin.facts("erp_partners", {{"city", "sao paulo"}, {"state", "sp"}, {"role", "supplier"}});
  CHECK(local.at("total") ==
        number("SELECT count(*) FROM partners WHERE city = 'São Paulo' AND state = 'SP' AND is_supplier"));
  for (const auto* wildcard : {"%", "_", "*", "' OR '1'='1"}) {
    CHECK(plugin.facts("erp_partners", {{"query", wildcard}}).at("total") == 0);
  }
}

TEST_CASE("products below their minimum are the database's, and say so") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_products", {{"low_stock", true}, {"limit", 100}});
  REQUIRE(facts.at("total") == number("SELECT count(*) FROM products WHERE on_hand - reserved < minimum"));
  for (const auto& item : facts.at("items").as_array()) {
    CHECK(item.at("low") == true);
    CHECK(string_at(item, "stock") ==
          text("SELECT on_hand - reserved FROM products WHERE code = '" + string_at(item, "code") + "'"));
  }
}

TEST_CASE("an order with its items shows lines that add up to it") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_orders", {{"status", "invoiced"}, {"with_items", true}, {"limit", 20}});
  for (const auto& order : facts.at("items").as_array()) {
    Decimal sum;
    for (const auto& item : order.at("items").as_array()) {
      const auto line = Decimal::parse(string_at(item, "unit_price")) * Decimal::parse(string_at(item, "quantity"));
      CHECK(line == Decimal::parse(string_at(item, "total")));
      sum += line;
    }
    CHECK(sum == Decimal::parse(string_at(order, "total")));
    CHECK(string_at(order, "invoice") ==
          text("SELECT i.number FROM invoices i JOIN orders o ON o.id = order_id WHERE o.number = " +
               string_at(order, "number")));
  }
  CHECK(string_at(facts.at("summary"), "amount") ==
        money("SELECT sum(total_cents) FROM orders WHERE status = 'invoiced'"));
}

TEST_CASE("categories can be narrowed by code, kind and activity") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_categories", {{"query", "2.05"}, {"kind", "expense"}, {"active", true}});
  REQUIRE(facts.at("total") == 6);
  CHECK(string_at(facts.at("items").at(0), "code") == "2.05");
  CHECK(facts.at("items").at(0).at("group") == true);
}

TEST_CASE("nothing found says which filters to widen") {
  PluginFixture plugin;
  for (const auto* tool : {"erp_receivables", "erp_orders"}) {
    const auto facts = plugin.facts(tool, {{"partner", "no such company"}});
    CHECK(facts.at("total") == 0);
    CHECK_THAT(string_at(facts, "next_step"), Contains("partner"));
  }
}

TEST_CASE("a default answer, JSON and text together, stays within two thousand tokens") {
  PluginFixture plugin;
  std::vector<const char*> tools{std::begin(list_tools), std::end(list_tools)};
  tools.push_back("erp_cash_position");
  for (const auto* tool : tools) {
    const auto outcome = plugin.ask(tool);
    INFO(tool);
    REQUIRE(outcome.is_result());
    CHECK(json::serialize(outcome.structured).size() + outcome.text().size() <= 8'000);
  }
}

TEST_CASE("JSON and text tell the same items") {
  PluginFixture plugin;
  for (const auto* tool : list_tools) {
    const auto outcome = plugin.ask(tool, {{"limit", 7}});
    INFO(tool);
    CHECK(std::ranges::count(outcome.text(), '\n') >= 7);
    for (const auto& item : outcome.structured.at("items").as_array()) {
      for (const auto* key : {"name", "partner", "description", "amount", "total", "price"}) {
        if (const auto* value = item.as_object().if_contains(key))
          CHECK_THAT(outcome.text(), Contains(std::string{value->as_string()}));
      }
    }
  }
}

TEST_CASE("the predecessor's tools are there only when asked for") {
  PluginFixture plugin;
  plugin.host.config.erase("compat");
  const tomada::testing::Plugin lean{plugin.host};
  REQUIRE(lean.tools().size() == 10);
  plugin.host.config["compat"] = true;
  const tomada::testing::Plugin full{plugin.host};
  REQUIRE(full.tools().size() == 21);
}

TEST_CASE("a source that does not exist and a day that does not exist stop the load with the reason") {
  PluginFixture plugin;
  plugin.host.config["source"] = "sap";
  CHECK_THROWS_WITH(tomada::testing::Plugin{plugin.host}, Contains("sap"));
  plugin.host.config = {{"today", "2026-02-30"}};
  CHECK_THROWS_WITH(tomada::testing::Plugin{plugin.host}, Contains("2026-02-30"));
}

TEST_CASE("the demo company is healthy") {
  PluginFixture plugin;
  REQUIRE(tomada::testing::Plugin{plugin.host}.health().at("status") == "healthy");
}
