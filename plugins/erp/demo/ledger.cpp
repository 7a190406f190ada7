// The part of the company's answers that is about money: orders, titles, cash.
#include "cents.hpp"
#include "demo_source.hpp"
#include "folding.hpp"
#include "matching.hpp"
#include "question.hpp"

#include <array>
#include <utility>

namespace tomada::erp::demo {
namespace {

constexpr std::string_view of_partner =
    " (:text = '' OR partner_id IN (SELECT id FROM partners WHERE has_words(name || char(10) || trade_name, :text)"
    " OR (:digits <> '' AND instr(digits(tax_id), :digits))))";
constexpr std::string_view of_titles =
    " FROM title_states WHERE is_receivable = :receivable AND CASE :status WHEN 'all' THEN 1"
    " WHEN 'open' THEN open_cents > 0 WHEN 'due' THEN status IN ('open', 'partial')"
    " WHEN 'partial' THEN open_cents > 0 AND paid_cents > 0 ELSE status = :status END"
    " AND (:due_from IS NULL OR due_on >= :due_from) AND (:due_to IS NULL OR due_on <= :due_to)"
    " AND (:least IS NULL OR amount_cents >= :least) AND (:most IS NULL OR amount_cents <= :most) AND";
constexpr std::string_view of_orders =
    " FROM orders WHERE (:status IS NULL OR status = :status) AND (:number = '' OR number = CAST(:number AS INTEGER)) "
    "AND (:from IS NULL OR ordered_on >= :from)"
    " AND (:to IS NULL OR ordered_on <= :to) AND";

std::string joined(std::string_view a, std::string_view b) { return std::string{a} + std::string{b}; }

constexpr std::string_view name_of(TitleFilter filter) noexcept {
  constexpr std::array<std::string_view, 7> names{"all", "open", "overdue", "due", "partial", "paid", "cancelled"};
  return names[static_cast<std::size_t>(filter)];
}
constexpr std::array<std::string_view, 4> order_names{"quote", "open", "invoiced", "cancelled"};

void bind_titles(Question& question, const TitleQuery& query) {
  question.with(":receivable", std::int64_t{query.direction == Direction::receivable});
  question.with(":status", name_of(query.status)).with(":due_from", query.due_from).with(":due_to", query.due_to);
  if (query.min_amount) question.with(":least", cents_from(*query.min_amount));
  if (query.max_amount) question.with(":most", cents_to(*query.max_amount));
  question.with(":text", trimmed(query.partner)).with(":digits", tax_digits(query.partner));
}

void bind_orders(Question& question, const OrderQuery& query) {
  if (query.status) question.with(":status", order_names[static_cast<std::size_t>(*query.status)]);
  question.with(":from", query.from).with(":to", query.to).with(":number", trimmed(query.number));
  question.with(":text", trimmed(query.partner)).with(":digits", tax_digits(query.partner));
}

Counterparty read_counterparty(Question& row) {
  Counterparty out;
  out.id = row.text();
  out.name = row.text();
  out.trade_name = row.text();
  out.tax_id = row.text();
  return out;
}

constexpr std::string_view title_columns =
    "SELECT t.id, document, installment, p.id, p.name, p.trade_name, p.tax_id, category_code, c.description, issued_on,"
    " due_on, paid_on, amount_cents, paid_cents, open_cents, t.is_cancelled FROM title_states t"
    " JOIN partners p ON p.id = partner_id JOIN categories c ON c.code = category_code WHERE t.id IN (SELECT id";

Title read_title(Question& row, Direction direction, Date today) {
  Title out;
  out.direction = direction;
  out.id = row.text();
  out.document = row.text();
  out.installment = row.text();
  out.partner = read_counterparty(row);
  out.category_code = row.text();
  out.category = row.text();
  out.issued_on = row.date();
  out.due_on = row.date();
  out.paid_on = row.optional_date();
  out.amount = row.cents();
  out.paid = row.cents();
  out.open = row.cents();
  out.status = row.flag() ? TitleStatus::cancelled : status_of(out, today);
  return out;
}

constexpr std::string_view order_columns =
    "SELECT o.id, o.number, p.id, p.name, p.trade_name, p.tax_id, ordered_on, expected_on, status, o.total_cents,"
    " coalesce(i.number, '') FROM orders o JOIN partners p ON p.id = partner_id LEFT JOIN invoices i ON i.order_id = "
    "o.id"
    " WHERE o.id IN (SELECT id";

Order read_order(Question& row) {
  Order out;
  out.id = row.text();
  out.number = row.text();
  out.partner = read_counterparty(row);
  out.ordered_on = row.date();
  out.expected_on = row.date();
  const auto status = row.text();
  for (std::size_t i = 0; i < order_names.size(); ++i) {
    if (status == order_names[i]) out.status = static_cast<OrderStatus>(i);
  }
  out.total = row.cents();
  out.invoice_number = row.text();
  return out;
}

std::vector<OrderItem> items_of(SQLite::Database& store, const Order& order) {
  Question rows{store,
                "SELECT code, description, quantity, unit_price_cents, total_cents FROM order_items"
                " JOIN products ON products.id = product_id WHERE order_id = CAST(:order AS INTEGER) ORDER BY code"};
  rows.with(":order", order.id);
  std::vector<OrderItem> out;
  while (rows.next()) {
    rows.begin_row();
    auto& item = out.emplace_back();
    item.product_code = rows.text();
    item.description = rows.text();
    item.quantity = Decimal{rows.number()};
    item.unit_price = rows.cents();
    item.total = rows.cents();
  }
  return out;
}

Outlook outlook(SQLite::Database& store, Direction direction, Date today) {
  Question row{store,
               "SELECT coalesce(sum(open_cents), 0), coalesce(sum(open_cents) FILTER (WHERE status = 'overdue'), 0),"
               " coalesce(sum(open_cents) FILTER (WHERE due_on BETWEEN :today AND :week), 0),"
               " coalesce(sum(open_cents) FILTER (WHERE due_on BETWEEN :today AND :month), 0)"
               " FROM title_states WHERE is_receivable = :receivable"};
  row.with(":today", today.iso()).with(":week", (today + 7).iso()).with(":month", (today + 30).iso());
  row.with(":receivable", std::int64_t{direction == Direction::receivable});
  Outlook out;
  if (!row.next()) return out;
  out.open = row.cents();
  out.overdue = row.cents();
  out.next_7 = row.cents();
  out.next_30 = row.cents();
  return out;
}

}  // namespace

TitlePage DemoSource::titles(const TitleQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  auto& database = store(request.today);
  const auto chosen = joined(of_titles, of_partner);
  TitlePage page;
  Question sums{database,
                "SELECT count(*), coalesce(sum(amount_cents), 0), coalesce(sum(open_cents), 0),"
                " coalesce(sum(open_cents) FILTER (WHERE status = 'overdue'), 0)" +
                    chosen};
  bind_titles(sums, query);
  if (sums.next()) {
    page.total = sums.number();
    page.amount = sums.cents();
    page.open = sums.cents();
    page.overdue = sums.cents();
  }
  const std::string order = query.order == TitleOrder::amount ? "amount_cents DESC, id" : "due_on, id";
  const auto outer =
      query.order == TitleOrder::amount ? ") ORDER BY amount_cents DESC, t.id" : ") ORDER BY due_on, t.id";
  Question rows{database,
                joined(title_columns, chosen) + " ORDER BY " + order + " LIMIT :limit OFFSET :offset" + outer};
  bind_titles(rows, query);
  rows.with(":limit", query.slice.limit).with(":offset", query.slice.offset);
  while (rows.next()) {
    rows.begin_row();
    page.items.push_back(read_title(rows, query.direction, request.today));
  }
  return page;
}

OrderPage DemoSource::orders(const OrderQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  auto& database = store(request.today);
  const auto chosen = joined(of_orders, of_partner);
  OrderPage page;
  Question sums{database, "SELECT count(*), coalesce(sum(total_cents), 0)" + chosen};
  bind_orders(sums, query);
  if (sums.next()) {
    page.total = sums.number();
    page.amount = sums.cents();
  }
  Question rows{database, joined(order_columns, chosen) +
                              " ORDER BY ordered_on DESC, id DESC LIMIT :limit OFFSET :offset)"
                              " ORDER BY ordered_on DESC, o.id DESC"};
  bind_orders(rows, query);
  rows.with(":limit", query.slice.limit).with(":offset", query.slice.offset);
  while (rows.next()) {
    rows.begin_row();
    page.items.push_back(read_order(rows));
  }
  for (auto& order : page.items) order.items = items_of(database, order);
  return page;
}

CashPosition DemoSource::cash_position(const Request& request) {
  const std::lock_guard lock{mutex_};
  auto& database = store(request.today);
  CashPosition out;
  Question rows{database, "SELECT id, name, kind, bank, balance_cents FROM balances ORDER BY id"};
  while (rows.next()) {
    rows.begin_row();
    auto& account = out.accounts.emplace_back();
    account.id = rows.text();
    account.name = rows.text();
    account.kind = rows.text();
    account.bank = rows.text();
    account.balance = rows.cents();
  }
  out.receivable = outlook(database, Direction::receivable, request.today);
  out.payable = outlook(database, Direction::payable, request.today);
  return out;
}

}  // namespace tomada::erp::demo
