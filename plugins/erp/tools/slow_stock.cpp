#include "tools/slow_stock.hpp"

#include "matching.hpp"
#include "tools/listing.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace tomada::erp::tools {
namespace {

struct Slow {
  Product product;
  Decimal value;                // at its price
  std::optional<Date> sold_on;  // absent: no sale is known
};

std::map<std::string, Date> last_sales(Source& source, const Request& request, Provenance& provenance) {
  std::map<std::string, Date> out;
  const auto note = [&out](const Order& order) {
    if (order.status == OrderStatus::quote || order.status == OrderStatus::cancelled) return;
    for (const auto& item : order.items) {
      auto& last = out[item.product_code];
      last = std::max(last, order.ordered_on);
    }
  };
  source.require_items();
  merge(provenance, source.each_order({}, request, note));
  return out;
}

std::vector<Slow> pick(const std::vector<Product>& products, const std::map<std::string, Date>& sales, Date since) {
  std::vector<Slow> out;
  for (const auto& product : products) {
    if (product.stock.is_zero() || product.stock.is_negative()) continue;
    const auto found = sales.find(product.code);
    if (found != sales.end() && found->second > since) continue;
    out.push_back({product, (product.price * product.stock).rounded(2),
                   found == sales.end() ? std::nullopt : std::optional{found->second}});
  }
  std::ranges::sort(out, [](const Slow& a, const Slow& b) {
    return std::tie(b.value, a.product.code) < std::tie(a.value, b.product.code);
  });
  return out;
}

void show(Listing& listing, const Slow& slow) {
  const auto& product = slow.product;
  json::object facts{{"code", product.code},          {"description", product.description},
                     {"unit", product.unit},          {"price", product.price.text()},
                     {"stock", product.stock.text()}, {"value", slow.value.text()}};
  if (slow.sold_on) facts["last_sold_on"] = slow.sold_on->iso();
  listing.item(facts, product.code + ' ' + product.description + ": stock " + product.stock.text() + ' ' +
                          product.unit + " at " + product.price.text() + " = " + slow.value.text() +
                          (slow.sold_on ? ", last sold on " + slow.sold_on->iso() : std::string{", no sale known"}));
}

}  // namespace

Answer slow_stock(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  Listing listing{"products without a sale", "no_sale_days, query or low_stock", {}, arguments};
  ProductQuery query;
  query.text = read.text("query");
  query.only_low_stock = read.flag("low_stock").value_or(false);
  query.is_active = read.flag("active");
  query.slice.limit = std::numeric_limits<std::int64_t>::max();
  const auto products = source.products(query, request);
  Provenance provenance = products;
  const auto sales = last_sales(source, request, provenance);
  auto rows = pick(products.items, sales, request.today - read.integer("no_sale_days", 0));
  const auto total = static_cast<std::int64_t>(rows.size());
  const auto value = nothing + sdk::sum(rows, [](const Slow& slow) { return slow.value; });
  cut(rows, listing.slice());
  listing.summary({{"value", value.text()}}, ", worth " + value.text() + " at their prices");
  for (const auto& row : rows) show(listing, row);
  return std::move(listing).finish(source, provenance, total, request);
}

}  // namespace tomada::erp::tools
