// Sales in the company's currency; one in another is counted as not read, since amounts are summed. A sale is invoiced
// when an invoice of it is posted.
#include "matching.hpp"
#include "tryton/tax_id.hpp"
#include "tryton/tryton_source.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tomada::erp::tryton {
namespace {

bool is_posted(std::string_view state) { return state == "posted" || state == "paid"; }

// With "invoices." absent a sale that goes on is open.
OrderStatus status_of(const Row& row) {
  const auto state = row.text("state");
  if (state == "cancelled") return OrderStatus::cancelled;
  if (state == "draft" || state == "quotation") return OrderStatus::quote;
  for (const auto& invoice : row.parts("invoices."))
    if (is_posted(invoice.text("state"))) return OrderStatus::invoiced;
  return OrderStatus::open;
}

Order order_from(const Row& row) {
  Order out;
  out.id = std::to_string(row.id());
  out.number = row.text("number");
  if (out.number.empty()) out.number = '(' + out.id + ')';  // as Tryton itself names a draft
  const auto party = row.part("party.");
  out.partner = {std::to_string(party.id()), party.text("name"), {}, tax_id_of(party)};
  const auto sold = row.date("sale_date");
  out.ordered_on = sold ? *sold : row.required_date("create_date");
  out.expected_on = row.date("shipping_date");
  out.status = status_of(row);
  out.total = row.required_money("total_amount");
  return out;
}

OrderItem item_from(const Row& line) {
  const auto product = line.part("product.");
  auto description = line.text("description");
  if (description.empty()) description = product.part("template.").text("name");
  return {product.text("code"), std::move(description), line.quantity("quantity"), line.money("unit_price"),
          line.money("amount")};
}

void read_details(Order& order, const Row& row) {
  order = order_from(row);
  for (const auto& invoice : row.parts("invoices."))
    if (order.invoice_number.empty() && is_posted(invoice.text("state"))) order.invoice_number = invoice.text("number");
  for (const auto& line : row.parts("lines."))
    if (line.text("type") == "line") order.items.push_back(item_from(line));
}

std::vector<std::string_view> fields_for(const OrderQuery& query) {
  std::vector<std::string_view> out{"number", "party.name", "sale_date",   "create_date",
                                    "state",  "currency",   "total_amount"};
  if (!tax_digits(query.partner).empty()) out.insert(out.end(), {"party.identifiers.type", "party.identifiers.code"});
  if (query.status == OrderStatus::open || query.status == OrderStatus::invoiced) out.emplace_back("invoices.state");
  return out;
}

std::vector<std::string_view> with_lines(std::vector<std::string_view> fields) {
  fields.insert(fields.end(), {"lines.type", "lines.product.code", "lines.product.template.name", "lines.description",
                               "lines.quantity", "lines.unit_price", "lines.amount"});
  return fields;
}

Domain domain_for(const OrderQuery& query) {
  Domain out;
  if (query.status == OrderStatus::cancelled) return out.with("state", "=", "cancelled");
  if (query.status == OrderStatus::quote) return out.with("state", "in", sdk::json::array{"draft", "quotation"});
  if (query.status) return out.with("state", "not in", sdk::json::array{"draft", "quotation", "cancelled"});
  return out;
}

}  // namespace

OrderPage TrytonSource::read_orders(const OrderQuery& query, std::vector<std::string_view> fields, const Books& books,
                                    const Request& request) const {
  OrderPage out;
  static_cast<Provenance&>(out) = provenance(books);
  out.amount = Decimal::from_units(0, 2);
  auto domain = domain_for(query).with("company", "=", books.company_id);
  // A sale without a date of its own has that of its creation, which cannot be filtered by the day here.
  if (query.from)
    domain.either(Domain{}.with("sale_date", "=", nullptr), Domain{}.with("sale_date", ">=", value_of(*query.from)));
  if (query.to)
    domain.either(Domain{}.with("sale_date", "=", nullptr), Domain{}.with("sale_date", "<=", value_of(*query.to)));
  const auto rows = read("sale.sale", std::move(domain), std::move(fields), books, request);
  merge(out, rows.provenance);
  std::int64_t in_other_currencies = 0;
  for_each(rows, [&](const Row& row) {
    Order order;
    read_details(order, row);
    if (!matches(order, query)) return;
    if (row.id("currency") != books.currency_id) return void(++in_other_currencies);
    out.amount += order.total;
    out.items.push_back(std::move(order));
  });
  out.total = static_cast<std::int64_t>(out.items.size());
  if (in_other_currencies > 0) {
    Provenance gap;
    gap.is_truncated = true;
    gap.rows_read = out.total;
    gap.rows_held = out.total + in_other_currencies;
    merge_gaps(out, gap);
  }
  return out;
}

OrderPage TrytonSource::orders(const OrderQuery& query, const Request& request) {
  const auto books = this->books(request);
  auto out = read_orders(query, fields_for(query), books, request);
  sort(out.items);
  cut(out.items, query.slice);
  add_order_details(out.items, books, out, request);
  return out;
}

Provenance TrytonSource::each_order(const OrderQuery& query, const Request& request, const OrderVisitor& visit) {
  const auto books = this->books(request);
  auto fields = with_lines(fields_for(query));
  if (std::ranges::find(fields, "invoices.state") == fields.end()) fields.emplace_back("invoices.state");
  auto page = read_orders(query, std::move(fields), books, request);
  for (const auto& order : page.items) visit(order);
  return page;
}

void TrytonSource::add_order_details(std::vector<Order>& orders, const Books& books, Provenance& provenance,
                                     const Request& request) const {
  if (orders.empty()) return;
  std::map<std::int64_t, Order*> by_id;
  std::vector<std::int64_t> ids;
  for (auto& order : orders) {
    ids.push_back(std::stoll(order.id));
    by_id.emplace(ids.back(), &order);
  }
  const auto rows =
      read("sale.sale", Domain{}.among("id", ids),
           with_lines({"number", "party.name", "party.identifiers.type", "party.identifiers.code", "sale_date",
                       "create_date", "shipping_date", "state", "total_amount", "invoices.state", "invoices.number"}),
           books, request);
  merge(provenance, rows.provenance);
  for_each(rows, [&](const Row& row) {
    if (const auto found = by_id.find(row.id()); found != by_id.end()) read_details(*found->second, row);
  });
}

}  // namespace tomada::erp::tryton
