#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada::erp;
namespace json = tomada::testing::json;

namespace {

std::string string_at(const json::value& from, const char* key) { return std::string{from.at(key).as_string()}; }

Decimal sum_of(const json::value& rows, const char* key) {
  Decimal out;
  for (const auto& row : rows.as_array()) out += Decimal::parse(string_at(row, key));
  return out;
}

}  // namespace

TEST_CASE("the cash flow begins with the cash position, and its parts are all that is open") {
  PluginFixture plugin;
  for (const auto* interval : {"day", "week", "month"}) {
    INFO(interval);
    const auto facts = plugin.facts("erp_cash_flow", {{"interval", interval}, {"periods", 5}});
    CHECK(facts.at("opening") == plugin.facts("erp_cash_position").at("total"));
    const auto& periods = facts.at("periods");
    REQUIRE(periods.as_array().size() == 5);
    CHECK(string_at(periods.at(0), "from") == "2026-11-20");
    const auto agrees = [&](const char* tool, const char* side, const char* flow) {
      const auto open = Decimal::parse(string_at(plugin.facts(tool).at("summary"), "open"));
      CHECK(Decimal::parse(string_at(facts.at("open"), side)) == open);
      CHECK(sum_of(periods, flow) + Decimal::parse(string_at(facts.at("overdue"), side)) +
                Decimal::parse(string_at(facts.at("later"), side)) ==
            open);
    };
    agrees("erp_receivables", "receivable", "in");
    agrees("erp_payables", "payable", "out");
    for (const auto& period : periods.as_array()) {
      const auto where = std::string{" FROM title_states WHERE due_on BETWEEN '"} + string_at(period, "from") +
                         "' AND '" + string_at(period, "to") + "'";
      CHECK(string_at(period, "in") == money("SELECT coalesce(sum(open_cents), 0)" + where + " AND is_receivable"));
      CHECK(string_at(period, "out") ==
            money("SELECT coalesce(sum(open_cents), 0)" + where + " AND NOT is_receivable"));
    }
  }
}

TEST_CASE("weeks of the cash flow end on Sundays, months on their last day") {
  PluginFixture plugin;
  const auto weeks = plugin.facts("erp_cash_flow", {{"periods", 2}}).at("periods");
  CHECK(string_at(weeks.at(0), "to") == "2026-11-22");
  CHECK(string_at(weeks.at(1), "from") == "2026-11-23");
  const auto months = plugin.facts("erp_cash_flow", {{"interval", "month"}, {"periods", 4}}).at("periods");
  CHECK(string_at(months.at(3), "to") == "2027-02-28");
}

TEST_CASE("revenue by month, customer and product is that of the invoiced orders") {
  PluginFixture plugin;
  const auto orders =
      plugin.facts("erp_orders", {{"status", "invoiced"}, {"from", "2026-03-01"}, {"to", "2026-10-31"}, {"limit", 1}});
  for (const auto* group : {"month", "customer", "product"}) {
    INFO(group);
    const auto facts =
        plugin.facts("erp_sales", {{"group_by", group}, {"from", "2026-03-01"}, {"to", "2026-10-31"}, {"limit", 100}});
    CHECK(facts.at("summary").at("amount") == orders.at("summary").at("amount"));
    CHECK(facts.at("summary").at("orders") == orders.at("total"));
  }
  const auto best = plugin.facts("erp_sales", {{"group_by", "customer"}, {"limit", 1}});
  const std::string of_year = " FROM orders WHERE status = 'invoiced' AND ordered_on >= '2025-12-01'";
  CHECK(string_at(best.at("items").at(0), "amount") ==
        money("SELECT max(sum) FROM (SELECT sum(total_cents) AS sum" + of_year + " GROUP BY partner_id)"));
  const auto months = plugin.facts("erp_sales");
  REQUIRE(months.at("total") == 12);
  CHECK(string_at(months.at("items").at(0), "month") == "2026-11");
  CHECK(sum_of(months.at("items"), "amount").text() == string_at(months.at("summary"), "amount"));
}

TEST_CASE("revenue of one customer is that of the orders to it") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_sales", {{"partner", "sorveteria"}, {"from", "2026-01-01"}});
  const auto orders =
      plugin.facts("erp_orders", {{"status", "invoiced"}, {"partner", "sorveteria"}, {"from", "2026-01-01"}});
  REQUIRE(orders.at("total").to_number<int>() > 0);
  CHECK(facts.at("summary").at("amount") == orders.at("summary").at("amount"));
}

TEST_CASE("ages of what is open sum up to it, and each partner's are its titles'") {
  PluginFixture plugin;
  for (const auto* direction : {"receivable", "payable"}) {
    const bool is_receivable = std::string{direction} == "receivable";
    const auto facts =
        plugin.facts("erp_ageing", {{"direction", direction}, {"response_format", "detailed"}, {"limit", 100}});
    const auto titles = plugin.facts(is_receivable ? "erp_receivables" : "erp_payables").at("summary");
    CHECK(facts.at("summary").at("open") == titles.at("open"));
    CHECK(facts.at("summary").at("overdue") == titles.at("overdue"));
    const std::string where =
        std::string{" FROM title_states JOIN partners p ON p.id = partner_id WHERE open_cents > 0 AND "} +
        (is_receivable ? "is_receivable" : "NOT is_receivable");
    const auto late = [](const std::string& rows, const char* days) {
      return money("SELECT coalesce(sum(open_cents), 0)" + rows +
                   " AND julianday('2026-11-20') - julianday(due_on) BETWEEN " + days);
    };
    CHECK(string_at(facts.at("summary"), "days_31_60") == late(where, "31 AND 60"));
    CHECK(string_at(facts.at("summary"), "over_90") == late(where, "91 AND 99999"));
    CHECK(facts.at("total") == number("SELECT count(DISTINCT partner_id)" + where));
    for (const auto& item : facts.at("items").as_array()) {
      auto of = where;
      of.append(" AND p.tax_id = '").append(string_at(item, "tax_id")).append("'");
      CHECK(string_at(item, "open") == money("SELECT sum(open_cents)" + of));
      CHECK(string_at(item, "days_1_30") == late(of, "1 AND 30"));
      CHECK(string_at(item, "oldest_due_on") == text("SELECT min(due_on)" + of));
    }
  }
}

TEST_CASE("slow stock is what lies there unsold, with what it is worth") {
  PluginFixture plugin;
  const auto facts = plugin.facts("erp_products", {{"no_sale_days", 20}, {"limit", 100}});
  const std::string where =
      " FROM products WHERE on_hand - reserved > 0 AND NOT EXISTS (SELECT 1 FROM orders JOIN order_items ON order_id = "
      "orders.id WHERE product_id = products.id AND status IN ('open', 'invoiced') AND ordered_on > '2026-10-31')";
  REQUIRE(facts.at("total") == number("SELECT count(*)" + where));
  REQUIRE(facts.at("total").to_number<int>() > 0);
  CHECK(string_at(facts.at("summary"), "value") == money("SELECT sum(price_cents * (on_hand - reserved))" + where));
}

TEST_CASE("default answers to questions over everything are small, and as of an instant") {
  PluginFixture plugin;
  for (const auto* tool : {"erp_cash_flow", "erp_sales", "erp_ageing"}) {
    const auto outcome = plugin.ask(tool);
    INFO(tool);
    REQUIRE(outcome.is_result());
    CHECK(json::serialize(outcome.structured).size() + outcome.text().size() <= 8'000);
    CHECK(outcome.structured.at("as_of") == "2026-11-20T09:00:00-03:00");
    CHECK(outcome.structured.at("currency") == "BRL");
  }
}
