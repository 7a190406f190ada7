// Questions over every record, and records that are not as they should be.
#include "sql/bench.hpp"

namespace tomada::erp::sql {

TEST_CASE("sql: partners without an id are not one partner") {
  Bench bench{
      {{"titles",
        "SELECT column1 AS id, 'receivable' AS direction, column2 AS partner, '2026-10-01' AS issued_on, "
        "'2026-10-10' AS due_on, column3 AS amount, 0 AS paid FROM (VALUES (1, 'Alfa', 100), (2, 'Beta', 900))"},
       {"orders",
        "SELECT column1 AS id, column1 AS number, column2 AS partner, '2026-10-01' AS ordered_on, 'invoiced' AS "
        "status, column3 AS total FROM (VALUES (1, 'Alfa', 100), (2, 'Beta', 900))"}}};
  CHECK(bench.ask("erp_ageing").structured.at("total") == 2);
  CHECK(bench.ask("erp_sales", {{"group_by", "customer"}}).structured.at("total") == 2);
}

TEST_CASE("sql: each record is walked over once, whatever its id looks like") {
  for (const char* id : {"n", "printf('%8d', n)", "n || ' '", "n / 3"}) {
    Bench bench{
        {{"titles", std::string{"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 25000) SELECT "} +
                        id +
                        " AS id, 'receivable' AS direction, 'Ana' AS partner, '2026-10-01' AS issued_on, "
                        "'2026-12-01' AS due_on, 1 AS amount, 0 AS paid FROM c"}}};
    INFO(id);
    CHECK(bench.ask("erp_receivables").structured.at("summary").at("open") == "25000.00");
    CHECK(bench.ask("erp_ageing").structured.at("summary").at("open") == "25000.00");
  }
}

TEST_CASE(
    "sql: an amount with two points, a sign inside or none of the digits is no amount, and a day elsewhere no day") {
  for (const char* wrong : {"'1.234.567' AS amount", "'1-2' AS amount", "'.' AS amount", "'+' AS amount"}) {
    Bench bench{{{"titles", std::string{"SELECT 7 AS id, 'receivable' AS direction, 'Ana' AS partner, '2026-10-01' AS "
                                        "issued_on, '2026-11-19' AS due_on, 0 AS paid, "} +
                                wrong}}};
    CHECK(bench.refusal("erp_receivables").find("amount is \"") != std::string::npos);
  }
  Bench bench{{{"titles",
                "SELECT 7 AS id, 'receivable' AS direction, 'Ana' AS partner, '2026-10-01' AS issued_on, "
                "'2026-11-19T02:00:00Z' AS due_on, 12.34 AS amount, 2 AS paid"}}};
  CHECK(bench.refusal("erp_receivables").find("due_on is \"") != std::string::npos);
}

TEST_CASE("sql: what becomes unreadable while the server runs is told within a minute") {
  Bench bench{
      {{"titles",
        "SELECT id, direction, 'Ana' AS partner, '2026-10-01' AS issued_on, '2026-12-01' AS due_on, 1 AS amount, "
        "0 AS paid FROM t"}}};
  bench.database.exec("CREATE TABLE t(id INTEGER, direction TEXT)");
  bench.database.exec("INSERT INTO t VALUES(1, 'receivable')");
  CHECK(bench.ask("erp_receivables").is_result());
  bench.database.exec("INSERT INTO t VALUES(2, 'Receivable')");
  bench.host.steady_ms += 61'000;
  CHECK(bench.refusal("erp_receivables").find("direction is \"Receivable\" where id is \"2\"") != std::string::npos);
  CHECK_FALSE(bench.ask("erp_receivables").is_result());
}

TEST_CASE("sql: a company whose titles name no categories has none") {
  Bench bench{{{"titles", one_title}}};
  CHECK(bench.ask("erp_categories").structured.at("total") == 0);
}

}  // namespace tomada::erp::sql
