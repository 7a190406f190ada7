// Titles, and what is open of them. Their status follows from amounts and day, in the database as in status_of().
#include "cents.hpp"
#include "sql/page.hpp"
#include "sql/sql_source.hpp"

#include <utility>

namespace tomada::erp::sql {
namespace {

// The relation with what is left to pay and what was paid.
std::string title_table(const Relation& relation) {
  const std::string paid =
      relation.has("paid") ? "coalesce(b.paid, 0)" : "CASE WHEN b.is_cancelled = 1 THEN 0 ELSE b.amount - b.open END";
  const std::string open = relation.has("open") ? "b.open" : "b.amount - coalesce(b.paid, 0)";
  return " FROM (SELECT b.*, CASE WHEN b.is_cancelled = 1 THEN 0 ELSE " + open + " END AS left_open, " + paid +
         " AS paid_off FROM " + relation.table() + " AS b) AS t";
}

std::string is_open() { return "t.is_cancelled = 0 AND t.left_open <> 0"; }

std::string status_condition(Statement& statement, TitleFilter filter, Date today) {
  switch (filter) {
    case TitleFilter::all:
      return {};
    case TitleFilter::open:
      return is_open();
    case TitleFilter::overdue:
      return is_open() + " AND t.due_on < " + statement.bind(today);
    case TitleFilter::due:
      return is_open() + " AND t.due_on >= " + statement.bind(today);
    case TitleFilter::partial:
      return is_open() + " AND t.paid_off <> 0";
    case TitleFilter::paid:
      return "t.is_cancelled = 0 AND t.left_open = 0";
    case TitleFilter::cancelled:
      return "t.is_cancelled = 1";
  }
  return {};
}

std::string amount(Statement& statement, Decimal value, std::int64_t cents) {
  if (statement.dialect() == Dialect::sqlite) return statement.bind(cents);
  return "CAST(" + statement.bind(std::string_view{value.text()}) + " AS numeric)";
}

void add_conditions(Statement& statement, const TitleQuery& query, Date today) {
  statement.where(query.direction == Direction::receivable ? "t.direction = 'receivable'" : "t.direction = 'payable'");
  const auto status = status_condition(statement, query.status, today);
  if (!status.empty()) statement.where(status);
  if (query.due_from) statement.where("t.due_on >= " + statement.bind(*query.due_from));
  if (query.due_to) statement.where("t.due_on < " + statement.bind(*query.due_to + 1));  // in SQLite also with a time
  if (query.min_amount)
    statement.where("t.amount >= " + amount(statement, *query.min_amount, cents_from(*query.min_amount)));
  if (query.max_amount)
    statement.where("t.amount <= " + amount(statement, *query.max_amount, cents_to(*query.max_amount)));
  statement.where_names("t.partner", query.partner);
}

std::string order_of(const TitleQuery& query, Dialect dialect) {
  return (query.order == TitleOrder::amount ? "t.amount DESC, " : "t.due_on, ") + by_id(dialect, "t.id");
}

Title read_title(const Row& row, Direction direction, Date today) {
  Title out;
  out.direction = direction;
  out.id = row.text("id");
  out.document = row.text("document");
  out.installment = row.text("installment");
  out.partner = {row.text("partner_id"), row.text("partner"), row.text("trade_name"), row.text("tax_id")};
  out.category_code = row.text("category_code");
  out.category = row.text("category");
  out.issued_on = row.date("issued_on");
  out.due_on = row.date("due_on");
  out.paid_on = row.optional_date("paid_on");
  out.amount = row.money("amount");
  out.paid = row.money("paid_off");
  out.open = row.money("left_open");
  out.status = row.flag("is_cancelled") ? TitleStatus::cancelled : status_of(out, today);
  return out;
}

// An amount that is missing or cannot be read must not be left out of a sum without a word.
constexpr const char* unknown_amounts =
    "sum(CASE WHEN t.amount IS NULL OR t.left_open IS NULL OR t.due_on IS NULL THEN 1 ELSE 0 END) AS unknown";

void check_known(const Row& row) {
  if (const auto unknown = row.count("unknown"); unknown > 0)
    throw sdk::ToolError{"the query \"titles\": " + std::to_string(unknown) +
                         " of its records have no amount, no open amount or no due_on that can be read. Mend the query "
                         "in the plugin's section of the configuration, or the records."};
}

}  // namespace

TitlePage SqlSource::titles(const TitleQuery& query, const Request& request) {
  const auto relation = books_.relation(subjects::titles, request);
  const auto from = title_table(relation);
  TitlePage page;
  Statement sums{relation.dialect()};
  add_conditions(sums, query, request.today);
  auto sql =
      "SELECT count(*) AS total, coalesce(sum(t.amount), 0) AS amount, coalesce(sum(t.left_open), 0) AS open,"
      " coalesce(sum(CASE WHEN t.due_on < " +
      sums.bind(request.today) + " THEN t.left_open END), 0) AS overdue, " + unknown_amounts;
  books_.read(relation, sums, sql + from + sums.conditions(), request, page, [&](const Row& row) {
    page.total = row.count("total");
    page.amount = row.money("amount");
    page.open = row.money("open");
    page.overdue = row.money("overdue");
    check_known(row);
  });
  Statement rows{relation.dialect()};
  add_conditions(rows, query, request.today);
  sql = "SELECT t.*" + from + rows.conditions() + " ORDER BY " + order_of(query, relation.dialect());
  sql += cut(rows, query.slice);
  books_.read(relation, rows, sql, request, page,
              [&](const Row& row) { page.items.push_back(read_title(row, query.direction, request.today)); });
  return page;
}

Provenance SqlSource::each_title(const TitleQuery& query, const Request& request, const TitleVisitor& visit) {
  constexpr std::int64_t portion = 20'000;
  const auto relation = books_.relation(subjects::titles, request);
  Provenance out;
  const auto make = [&](Statement& statement) { add_conditions(statement, query, request.today); };
  walk(
      books_, relation, title_table(relation), portion, request, out, make,
      [&](const Row& row) { visit(read_title(row, query.direction, request.today)); }, [] {});
  return out;
}

Outlook SqlSource::outlook(Direction direction, Provenance& provenance, const Request& request) const {
  const auto relation = books_.relation(subjects::titles, request);
  Statement statement{relation.dialect()};
  TitleQuery open;
  open.direction = direction;
  open.status = TitleFilter::open;
  add_conditions(statement, open, request.today);
  const auto today = statement.bind(request.today), after_week = statement.bind(request.today + 8),
             after_month = statement.bind(request.today + 31);
  const auto sum = [](const std::string& condition, const char* name) {
    return "coalesce(sum(CASE WHEN " + condition + " THEN t.left_open END), 0) AS " + name + ", ";
  };
  const auto from_today = "t.due_on >= " + today + " AND t.due_on < ";
  const auto sql = "SELECT coalesce(sum(t.left_open), 0) AS open, " + sum("t.due_on < " + today, "overdue") +
                   sum(from_today + after_week, "next_7") + sum(from_today + after_month, "next_30") + unknown_amounts +
                   title_table(relation) + statement.conditions();
  Outlook out;
  books_.read(relation, statement, sql, request, provenance, [&](const Row& row) {
    check_known(row);
    out = {row.money("open"), row.money("overdue"), row.money("next_7"), row.money("next_30")};
  });
  return out;
}

Balances SqlSource::balances(const Request& request) {
  Balances out;
  const auto relation = books_.relation(subjects::accounts, request);
  const Statement statement{relation.dialect()};
  const auto sql = "SELECT t.* FROM " + relation.table() + " AS t ORDER BY " + by_id(relation.dialect(), "t.id");
  books_.read(relation, statement, sql, request, out, [&](const Row& row) {
    out.accounts.push_back(
        {row.text("id"), row.text("name"), row.text("kind"), row.text("bank"), row.money("balance")});
  });
  return out;
}

CashPosition SqlSource::cash_position(const Request& request) {
  CashPosition out;
  auto accounts = balances(request);
  static_cast<Provenance&>(out) = accounts;
  out.accounts = std::move(accounts.accounts);
  out.receivable = outlook(Direction::receivable, out, request);
  out.payable = outlook(Direction::payable, out, request);
  return out;
}

}  // namespace tomada::erp::sql
