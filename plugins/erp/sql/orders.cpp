#include "folding.hpp"
#include "sql/page.hpp"
#include "sql/sql_source.hpp"

#include <array>
#include <map>

namespace tomada::erp::sql {
namespace {

constexpr std::array<std::string_view, 4> statuses{"quote", "open", "invoiced", "cancelled"};

void add_conditions(Statement& statement, const OrderQuery& query) {
  if (query.status) statement.where("t.status = " + statement.bind(statuses[static_cast<std::size_t>(*query.status)]));
  if (const auto number = trimmed(query.number); !number.empty())
    statement.where("t.number = " + statement.bind(number));
  if (query.from) statement.where("t.ordered_on >= " + statement.bind(*query.from));
  if (query.to) statement.where("t.ordered_on < " + statement.bind(*query.to + 1));
  statement.where_names("t.partner", query.partner);
}

Order read_order(const Row& row) {
  Order out;
  out.id = row.text("id");
  out.number = row.text("number");
  out.partner = {row.text("partner_id"), row.text("partner"), row.text("trade_name"), row.text("tax_id")};
  out.ordered_on = row.date("ordered_on");
  out.expected_on = row.optional_date("expected_on");
  out.status = static_cast<OrderStatus>(row.word("status", statuses));
  out.total = row.money("total");
  out.invoice_number = row.text("invoice_number");
  return out;
}

}  // namespace

OrderPage SqlSource::orders(const OrderQuery& query, const Request& request) {
  const auto relation = books_.relation(subjects::orders, request);
  const auto from = " FROM " + relation.table() + " AS t";
  OrderPage page;
  Statement sums{relation.dialect()};
  add_conditions(sums, query);
  books_.read(relation, sums,
              "SELECT count(*) AS total, coalesce(sum(t.total), 0) AS amount, count(*) - count(t.total) AS unknown" +
                  from + sums.conditions(),
              request, page, [&](const Row& row) {
                page.total = row.count("total");
                page.amount = row.money("amount");
                if (row.count("unknown") > 0)
                  throw sdk::ToolError{"the query \"orders\": " + row.text("unknown") +
                                       " of its records have no total that can be read. Mend the query in the plugin's "
                                       "section of the configuration, or the records."};
              });
  Statement rows{relation.dialect()};
  add_conditions(rows, query);
  auto sql = "SELECT t.*" + from + rows.conditions() + " ORDER BY t.ordered_on DESC, " +
             by_id(relation.dialect(), "t.id", " DESC");
  sql += cut(rows, query.slice);
  books_.read(relation, rows, sql, request, page, [&](const Row& row) { page.items.push_back(read_order(row)); });
  add_items(page.items, page, request);
  return page;
}

Provenance SqlSource::each_order(const OrderQuery& query, const Request& request, const OrderVisitor& visit) {
  constexpr std::int64_t portion = 2'000;  // whose lines are asked for by as many parameters
  const auto relation = books_.relation(subjects::orders, request);
  Provenance out;
  std::vector<Order> orders;
  const auto make = [&](Statement& statement) { add_conditions(statement, query); };
  const auto show = [&] {
    add_items(orders, out, request);
    for (const auto& order : orders) visit(order);
    orders.clear();
  };
  walk(
      books_, relation, " FROM " + relation.table() + " AS t", portion, request, out, make,
      [&](const Row& row) { orders.push_back(read_order(row)); }, show);
  return out;
}

void SqlSource::add_items(std::vector<Order>& orders, Provenance& provenance, const Request& request) const {
  if (orders.empty() || !books_.has(subjects::order_items)) return;
  const auto relation = books_.relation(subjects::order_items, request);
  Statement statement{relation.dialect()};
  std::map<std::string, Order*, std::less<>> by_order;
  std::string ids;
  for (auto& order : orders) {
    by_order.emplace(order.id, &order);
    ids += (ids.empty() ? "" : ", ") + statement.bind(std::string_view{order.id});
  }
  const auto sql = "SELECT t.* FROM " + relation.table() + " AS t WHERE t.order_id IN (" + ids + ") ORDER BY " +
                   bytewise(relation.dialect(), "t.product_code");
  books_.read(relation, statement, sql, request, provenance, [&](const Row& row) {
    const auto order = by_order.find(row.text("order_id"));
    if (order == by_order.end()) return;
    order->second->items.push_back({row.text("product_code"), row.text("description"), row.number("quantity"),
                                    row.money("unit_price"), row.money("total")});
  });
}

}  // namespace tomada::erp::sql
