#include "tools/arguments.hpp"
#include "tools/listing.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 4> statuses_of_orders{"quote", "open", "invoiced", "cancelled"};

json::array items_of(const Order& order, std::string& line) {
  json::array out;
  for (const auto& item : order.items) {
    out.push_back(json::object{{"product", item.product_code},
                               {"description", item.description},
                               {"quantity", item.quantity.text()},
                               {"unit_price", item.unit_price.text()},
                               {"total", item.total.text()}});
    line += "\n  " + item.quantity.text() + " x " + item.product_code + ' ' + item.description + " at " +
            item.unit_price.text() + " = " + item.total.text();
  }
  return out;
}

void show(Listing& listing, const Order& order, bool with_items) {
  const auto status = statuses_of_orders[static_cast<std::size_t>(order.status)];
  json::object facts{{"number", order.number},         {"partner", order.partner.name},
                     {"tax_id", order.partner.tax_id}, {"ordered_on", order.ordered_on.iso()},
                     {"status", std::string{status}},  {"total", order.total.text()}};
  if (order.expected_on) facts["expected_on"] = order.expected_on->iso();
  if (!order.invoice_number.empty()) facts["invoice"] = order.invoice_number;
  auto line = order.number + ' ' + order.ordered_on.iso() + ", " + order.partner.name + ": " + order.total.text() +
              ' ' + std::string{status};
  if (!order.invoice_number.empty()) line += ", invoice " + order.invoice_number;
  if (with_items) facts["items"] = items_of(order, line);
  listing.item(facts, line);
}

}  // namespace

Answer orders(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  Listing listing{"orders", "status, from, to, partner or number", "from, to or number", arguments};
  OrderQuery query;
  if (arguments.contains("status")) query.status = read.choice("status", statuses_of_orders, OrderStatus::open);
  query.from = read.date("from");
  query.to = read.date("to");
  read.check_order("from", query.from, "to", query.to);
  query.partner = read.text("partner");
  query.number = read.text("number");
  query.slice = listing.slice();
  const bool with_items = read.flag("with_items").value_or(false);
  if (with_items) source.require_items();
  const auto page = source.orders(query, request);
  listing.summary({{"amount", page.amount.text()}}, ", amount " + page.amount.text());
  for (const auto& order : page.items) show(listing, order, with_items);
  return std::move(listing).finish(source, page, page.total, request);
}

}  // namespace tomada::erp::tools
