// What the copy holds, as the questions want it: days and states are asked of SQLite, which has an index of what is
// open; all else, and every sum, is the same code as for any other source.
#include "matching.hpp"
#include "mirror/codec.hpp"
#include "mirror/reading.hpp"
#include "mirror/store.hpp"

#include <string>

namespace tomada::erp::mirror {
namespace {

constexpr std::int64_t first_day = -1'000'000, last_day = 10'000'000;

Date day_at(SQLite::Statement& row, int column) { return Date::from_days(row.getColumn(column).getInt64()); }

Decimal amount_at(SQLite::Statement& row, int column) {
  const auto value = row.getColumn(column);
  return Decimal::parse({value.getText(), static_cast<std::size_t>(value.getBytes())});
}

void read_partner(SQLite::Statement& row, int column, Counterparty& partner) {
  partner.name = row.getColumn(column).getString();
  partner.trade_name = row.getColumn(column + 1).getString();
  partner.tax_id = row.getColumn(column + 2).getString();
}

bool is_open_only(TitleFilter filter) {
  return filter == TitleFilter::open || filter == TitleFilter::overdue || filter == TitleFilter::due ||
         filter == TitleFilter::partial;
}

std::string title_question(const TitleQuery& query) {
  const bool is_named = !query.partner.empty();
  std::string out = "SELECT t.id, partner_id, issued, due, amount, paid, open, settled";
  out += is_named ? ", p.name, p.trade_name, p.tax_id" : "";
  out += " FROM titles t";
  out += is_named ? " LEFT JOIN partners p ON p.id = partner_id" : "";
  out += " WHERE is_receivable = ? AND due BETWEEN ? AND ?";
  return out + (is_open_only(query.status) ? " AND settled = 0" : "");
}

Title read_title(SQLite::Statement& row, const TitleQuery& query, Date today) {
  Title out;
  out.direction = query.direction;
  out.id = row.getColumn(0).getString();
  out.partner.id = row.getColumn(1).getString();
  out.issued_on = day_at(row, 2);
  out.due_on = day_at(row, 3);
  out.amount = amount_at(row, 4);
  out.paid = amount_at(row, 5);
  out.open = amount_at(row, 6);
  out.status = settled_status(row.getColumn(7).getInt(), out, today);
  if (!query.partner.empty()) read_partner(row, 8, out.partner);
  return out;
}

}  // namespace

void Store::each_title(const TitleQuery& query, Date today, const TitleVisitor& visit) const {
  const Reading reading{*this};
  SQLite::Statement row{*reading, title_question(query)};
  row.bind(1, query.direction == Direction::receivable ? 1 : 0);
  row.bind(2, query.due_from ? query.due_from->days() : first_day);
  row.bind(3, query.due_to ? query.due_to->days() : last_day);
  while (row.executeStep()) {
    const auto title = read_title(row, query, today);
    if (matches(title, query)) visit(title);
  }
}

void Store::each_order(const OrderQuery& query, const OrderVisitor& visit) const {
  const Reading reading{*this};
  SQLite::Statement row{*reading, std::string{"SELECT o.id, number, partner_id, ordered, status, total, items"} +
                                      (query.partner.empty() ? " FROM orders o"
                                                             : ", p.name, p.trade_name, p.tax_id FROM orders o LEFT "
                                                               "JOIN partners p ON p.id = partner_id") +
                                      " WHERE ordered BETWEEN ? AND ?"};
  row.bind(1, query.from ? query.from->days() : first_day);
  row.bind(2, query.to ? query.to->days() : last_day);
  while (row.executeStep()) {
    Order order;
    order.id = row.getColumn(0).getString();
    order.number = row.getColumn(1).getString();
    order.partner.id = row.getColumn(2).getString();
    order.ordered_on = day_at(row, 3);
    order.status = static_cast<OrderStatus>(row.getColumn(4).getInt());
    order.total = amount_at(row, 5);
    if (!query.partner.empty()) read_partner(row, 7, order.partner);
    if (!matches(order, query)) continue;
    const auto items = row.getColumn(6);
    order.items = decoded_items({items.getText(), static_cast<std::size_t>(items.getBytes())});
    visit(order);
  }
}

void Store::name(Counterparty& partner) const {
  const Reading reading{*this};
  SQLite::Statement row{*reading, "SELECT name, trade_name, tax_id FROM partners WHERE id = ?"};
  row.bind(1, partner.id);
  if (row.executeStep()) read_partner(row, 0, partner);
}

}  // namespace tomada::erp::mirror
