// What the demo company said of the past stays true when a month or a year turns.
#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada::erp;

namespace {

struct Turn {  // the books of two days, and what to ask both
  Date before, after;
  std::unique_ptr<SQLite::Database> earlier = demo::open_store(demo::make_books(before));
  std::unique_ptr<SQLite::Database> later = demo::open_store(demo::make_books(after));
  std::string from = later->execAndGet("SELECT opened_on FROM company").getString();
  std::string until = before.iso();
};

std::string rows(SQLite::Database& store, const std::string& sql) {
  std::string out;
  SQLite::Statement statement{store, sql};
  while (statement.executeStep()) {
    for (int i = 0; i < statement.getColumnCount(); ++i) out += statement.getColumn(i).getString() + '|';
    out += '\n';
  }
  return out;
}

bool agree(const Turn& turn, const std::string& sql) {  // a bool, lest a failure print the whole company
  const auto said = rows(*turn.earlier, sql);
  return !said.empty() && said == rows(*turn.later, sql);
}

std::int64_t count(SQLite::Database& store, const std::string& sql) {
  return store.execAndGet("SELECT count(*) FROM " + sql).getInt64();
}

const auto turns = {
    std::pair{Date::of(2026, 11, 30), Date::of(2026, 12, 1)}, std::pair{Date::of(2026, 12, 31), Date::of(2027, 1, 1)},
    std::pair{Date::of(2027, 12, 31), Date::of(2028, 1, 10)}, std::pair{Date::of(2024, 2, 29), Date::of(2024, 3, 1)}};

}  // namespace

TEST_CASE("a turn of the month or of the year leaves every day's movements and balances as they were") {
  for (const auto& [before, after] : turns) {
    const Turn turn{before, after};
    INFO(before.iso() << " to " << after.iso());
    const auto known = " WHERE moved_on >= '" + turn.from + "' AND moved_on < '" + turn.until + "'";
    CHECK(agree(
        turn, "SELECT id, account_id, title_id, moved_on, amount_cents, note FROM movements" + known + " ORDER BY id"));
    CHECK(agree(turn,
                "SELECT * FROM (SELECT moved_on, account_id, opening_cents + sum(sum(amount_cents)) OVER (PARTITION BY "
                "account_id ORDER BY moved_on) FROM movements JOIN accounts a ON a.id = account_id GROUP BY "
                "account_id, moved_on)" +
                    known + " ORDER BY moved_on, account_id"));
  }
}

TEST_CASE("a turn of the month or of the year leaves every title, order and invoice as it was") {
  for (const auto& [before, after] : turns) {
    const Turn turn{before, after};
    INFO(before.iso() << " to " << after.iso());
    CHECK(agree(turn,
                "SELECT id, is_receivable, document, installment, partner_id, order_id, category_code, "
                "department_code, issued_on, due_on, amount_cents FROM titles WHERE due_on >= '" +
                    turn.from + "' AND issued_on <= '" + turn.until + "' ORDER BY id"));
    CHECK(agree(turn, "SELECT id, paid_cents, paid_on FROM titles WHERE paid_cents = amount_cents AND paid_on >= '" +
                          turn.from + "' AND paid_on < '" + turn.until + "' ORDER BY id"));
    const auto ordered = " WHERE ordered_on BETWEEN '" + turn.from + "' AND '" + turn.until + "' ";
    CHECK(agree(turn, "SELECT id, number, partner_id, ordered_on, expected_on, total_cents FROM orders" + ordered +
                          "ORDER BY id"));
    CHECK(agree(turn, "SELECT i.* FROM order_items i JOIN orders ON id = order_id" + ordered +
                          "ORDER BY order_id, product_id"));
    CHECK(agree(turn,
                "SELECT i.number, i.order_id, i.issued_on, i.total_cents FROM invoices i JOIN orders o ON o.id "
                "= order_id" +
                    ordered + "AND issued_on <= '" + turn.until + "' ORDER BY i.number"));
  }
}

TEST_CASE("whoever owed at the end of a year still owes in the new one") {
  const Turn turn{Date::of(2026, 12, 31), Date::of(2027, 1, 1)};
  const std::string still_owed =
      "titles WHERE NOT is_cancelled AND paid_cents < amount_cents AND issued_on <= '" + turn.until + "'";
  const auto paid_meanwhile = count(*turn.later, "titles WHERE paid_cents = amount_cents AND paid_on = '2026-12-31'");
  CHECK(count(*turn.earlier, still_owed) > 100);
  CHECK(count(*turn.earlier, still_owed) - count(*turn.later, still_owed) <= paid_meanwhile);
  CHECK(agree(turn,
              "SELECT sum(amount_cents) - (SELECT sum(abs(amount_cents)) FROM movements WHERE title_id IN "
              "(SELECT id FROM titles WHERE issued_on > '2026-06-30') AND moved_on < '2026-12-31') FROM titles "
              "WHERE issued_on BETWEEN '2026-07-01' AND '2026-12-31'"));
}

TEST_CASE("the books hold two whole years and the current one, and what was unfinished before them") {
  for (const auto day : {Date::of(2026, 1, 1), Date::of(2026, 12, 31)}) {
    const auto store = demo::open_store(demo::make_books(day));
    CHECK(store->execAndGet("SELECT opened_on FROM company").getString() == "2024-01-01");
    CHECK(count(*store,
                "titles WHERE order_id IS NULL AND due_on < '2024-01-01' AND paid_cents = amount_cents "
                "AND paid_on < '2024-01-01'") == 0);
    CHECK(count(*store, "titles WHERE issued_on < '2024-01-01'") > 20);
    CHECK(count(*store,
                "titles WHERE julianday(coalesce(paid_on, (SELECT today FROM company))) - julianday(issued_on) "
                ">= 365 AND NOT is_cancelled") == 0);
  }
}

TEST_CASE("no account is ever overdrawn, and the owners take out a year's profit at its end") {
  const auto store = demo::open_store(demo::make_books(Date::of(2027, 1, 1)));
  CHECK(count(*store,
              "(SELECT opening_cents + sum(sum(amount_cents)) OVER (PARTITION BY account_id ORDER BY moved_on) "
              "AS balance FROM movements JOIN accounts a ON a.id = account_id GROUP BY account_id, moved_on) "
              "WHERE balance < 0") == 0);
  CHECK(count(*store, "movements WHERE note = 'Distribuição de lucros' AND moved_on = '2026-12-31'") == 1);
}
