// What the connector asks of its host, and what it makes of the answers. Its answers over real databases are compared
// with the databases themselves in tests/e2e/connectors.test.mjs.
#include "folding.hpp"
#include "sql/bench.hpp"
#include "sql/dialect.hpp"
#include "sql/time_zone.hpp"

#include <tomada/testing.hpp>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include <algorithm>

namespace tomada::erp::sql {
namespace {

namespace json = boost::json;

}  // namespace

TEST_CASE("sql: a title in decimals, in text and in cents is the same title") {
  for (const char* amounts : {"12.34 AS amount, 2 AS paid", "'12.34' AS amount, '2.00' AS paid",
                              "1234 AS amount_cents, 200 AS paid_cents", "12.34 AS amount, 1034 AS open_cents"}) {
    Bench bench{{{"titles", std::string{"SELECT 7 AS id, 'receivable' AS direction, 'Ana' AS partner, '2026-10-01' AS "
                                        "issued_on, '2026-11-19 13:00' AS due_on, "} +
                                amounts + ";  "}}};
    const auto outcome = bench.ask("erp_receivables");
    INFO(amounts << outcome.message);
    REQUIRE(outcome.is_result());
    const auto& facts = outcome.structured.as_object();
    CHECK(facts.at("summary") == json::object{{"amount", "12.34"}, {"open", "10.34"}, {"overdue", "10.34"}});
    const auto& title = facts.at("items").as_array().at(0).as_object();
    CHECK(title.at("status") == "overdue");
    CHECK(title.at("paid") == "2.00");
    CHECK(title.at("due_on") == "2026-11-19");
  }
}

TEST_CASE("sql: what a query lacks, or answers for nobody, is named with all that it may answer") {
  Bench bench{{{"titles", "SELECT 7 AS id, 'receivable' AS direction, 1 AS amount, 'x' AS partnre"}}};
  const auto said = bench.refusal("erp_receivables");
  CHECK(said.find("the query \"titles\" does not answer what it must: it lacks partner, issued_on, due_on; it answers "
                  "partnre, which nobody asks for") == 0);
  CHECK(said.find("amount, amount_cents") != std::string::npos);

  Bench unpaid{{{"titles",
                 "SELECT 7 AS id, 'payable' AS direction, 1 AS amount, 'x' AS partner, '2026-01-01' AS "
                 "issued_on, '2026-01-01' AS due_on"}}};
  CHECK(unpaid.refusal("erp_payables").find("it lacks open or paid") != std::string::npos);
}

TEST_CASE("sql: a column of another type is named with what is expected") {
  Bench bench{{{"titles", one_title}}};
  bench.host.database = [](const std::string&, const sdk::SqlQuestion&) {
    return sdk::Table{{{"id", "bigint"},
                       {"direction", "text"},
                       {"partner", "text"},
                       {"issued_on", "date"},
                       {"due_on", "text"},
                       {"amount", "date"},
                       {"paid", "numeric"}},
                      {},
                      "postgresql",
                      0};
  };
  const auto said = bench.refusal("erp_receivables");
  CHECK(said.find("its column due_on is text, expected a date") != std::string::npos);
  CHECK(said.find("its column amount is date, expected a number") != std::string::npos);
}

TEST_CASE("sql: a value that cannot be read is told with query, column, record and value, never counted as zero") {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string query = one_title;
    return query.replace(query.find(from), from.size(), to);
  };
  const std::pair<std::string, std::string> wrong[] = {
      {with("12.34", "'about 12'"), "amount is \"about 12\" where id is \"7\", expected a number"},
      {with("12.34", "NULL"), "amount is NULL where id is \"7\""},
      {with("2026-11-19", "19/11/2026"), "due_on is \"19/11/2026\" where id is \"7\", expected a date"},
      {with("2026-11-19", "2026-02-30"), "due_on is \"2026-02-30\""},
      {with("'receivable'", "'R'"), "direction is \"R\" where id is \"7\", expected one of receivable payable"},
  };
  for (const auto& [query, expected] : wrong) {
    Bench bench{{{"titles", query}}};
    const auto said = bench.refusal("erp_receivables");
    INFO(said);
    CHECK(said.find("the query \"titles\": " + expected) == 0);
  }
}

TEST_CASE("sql: a subject without a query says what to add, and the others go on") {
  Bench bench{{{"titles", one_title}}};
  const auto said = bench.refusal("erp_orders");
  CHECK(said.find("this company's orders are not configured") == 0);
  CHECK(said.find("Add orders = \"SELECT …\" to [plugin.test.sql]") != std::string::npos);
  CHECK(said.find("status, total, total_cents, invoice_number") != std::string::npos);
  CHECK(bench.refusal("erp_cash_position").find("this company's accounts are not configured") == 0);
  CHECK(bench.ask("erp_receivables").is_result());
}

TEST_CASE("sql: what a query does not answer cannot be chosen by, and none is not taken for nothing") {
  Bench bench{{{"titles", one_title},
               {"partners", "SELECT 1 AS id, 'Ana' AS name"},
               {"orders",
                "SELECT 1 AS id, 1 AS number, 'Ana' AS partner, '2026-11-01' AS ordered_on, 'open' AS status, "
                "1 AS total"}}};
  for (const auto& [argument, value] : {std::pair{"role", "customer"}, {"city", "Campinas"}, {"state", "SP"}}) {
    const auto outcome = bench.ask("erp_partners", {{argument, value}});
    CHECK(outcome.message.find("the query \"partners\" does not answer ") == 0);
  }
  CHECK(bench.ask("erp_orders").is_result());
  CHECK(bench.ask("erp_orders", {{"with_items", true}}).message.find("order_items are not configured") !=
        std::string::npos);
}

TEST_CASE("sql: check's question hears what is wrong with any query") {
  Bench bench{{{"titles", one_title}, {"orders", "SELECT 1 AS id"}, {"accounts", "SELECT * FROM nowhere"}}};
  const auto said = bench.refusal("erp_categories");
  CHECK(said.find("the query \"orders\" does not answer what it must") != std::string::npos);
  CHECK(said.find("the query \"accounts\" of [plugin.test.sql]: books refused the statement: no such table: nowhere; "
                  "mend the statement.") != std::string::npos);
  CHECK(bench.plugin->health().at("status") == "degraded");
}

TEST_CASE("sql: categories that nobody configured are those that the titles name") {
  Bench bench{{{"titles", std::string{one_title} + ", '1.01' AS category_code, 'Vendas' AS category"}}};
  const auto outcome = bench.ask("erp_categories");
  INFO(outcome.message);
  REQUIRE(outcome.is_result());
  CHECK(outcome.structured.as_object().at("items") ==
        json::array{json::object{{"code", "1.01"}, {"description", "Vendas"}, {"kind", "revenue"}}});
}

TEST_CASE("sql: what the caller says is bound and never a part of a statement") {
  const std::string canary = "canary'); DROP TABLE x; --";
  Bench bench{{{"titles", one_title}, {"orders", "SELECT 1 AS id"}}};
  bench.host.database = [&](const std::string&, const sdk::SqlQuestion& question) {
    bench.asked.push_back(question);
    return sdk::Table{{}, {}, "postgresql", 0};
  };
  (void)bench.ask("erp_receivables", {{"partner", canary}, {"due_from", "2026-01-01"}, {"min_amount", 31337.25}});
  (void)bench.ask("erp_partners", {{"query", canary}, {"city", canary}, {"state", "canary"}});
  for (const auto& question : bench.asked) {
    CHECK(question.statement.find("canary") == std::string::npos);
    CHECK(question.statement.find("31337") == std::string::npos);
    CHECK(question.statement.find("2026-01-01") == std::string::npos);
  }
}

TEST_CASE("sql: an upstream that is away is told in its own words") {
  Bench bench{{{"titles", one_title}}};
  bench.failure = "upstream.books: books could not be asked: the connection is refused. (check the network)";
  CHECK(bench.refusal("erp_receivables") == "books could not be asked: the connection is refused; check the network.");
  bench.failure.clear();
  CHECK(bench.ask("erp_receivables").is_result());
  CHECK(bench.plugin->health().at("status") == "healthy");
}

TEST_CASE("sql: the letters that a database folds are those that fold() folds") {
  const auto& table = folding_table();
  CHECK(fold(table.letters) == table.plain);
  CHECK(table.letters.find("Ã") != std::string::npos);
}

TEST_CASE("sql: days begin where the company is") {
  constexpr std::int64_t hour = 3'600'000;
  const auto noon = Date::of(2026, 7, 15).days() * 24 * hour + 12 * hour;
  CHECK(TimeZone::named("").day(noon - 9 * hour - 1) == Date::of(2026, 7, 14));
  CHECK(TimeZone::named("").day(noon - 9 * hour) == Date::of(2026, 7, 15));
  CHECK(TimeZone::named("").day(-1) == Date::of(1969, 12, 31));
  const auto lisbon = TimeZone::named("Europe/Lisbon");
  CHECK(lisbon.day(noon + 11 * hour) == Date::of(2026, 7, 16));  // in summer an hour ahead
  CHECK(lisbon.day(noon + 11 * hour - 1) == Date::of(2026, 7, 15));
  for (const char* name : {"Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "tzdata.zi"})
    CHECK_THROWS_AS(TimeZone::named(name), std::invalid_argument);
}

}  // namespace tomada::erp::sql
