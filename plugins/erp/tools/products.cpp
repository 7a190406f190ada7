#include "tools/arguments.hpp"
#include "tools/listing.hpp"
#include "tools/slow_stock.hpp"

namespace tomada::erp::tools {
namespace {

void show(Listing& listing, const Product& product) {
  json::object facts{{"code", product.code},
                     {"description", product.description},
                     {"unit", product.unit},
                     {"price", product.price.text()},
                     {"stock", product.stock.text()}};
  if (!product.minimum_stock.is_zero()) facts["minimum_stock"] = product.minimum_stock.text();
  if (product.is_low()) facts["low"] = true;
  if (!product.is_active) facts["active"] = false;
  auto line = product.code + ' ' + product.description + ": " + product.price.text() + " per " + product.unit +
              ", stock " + product.stock.text();
  if (product.is_low()) line += ", below the minimum of " + product.minimum_stock.text();
  if (!product.is_active) line += " (inactive)";
  listing.item(facts, line);
}

}  // namespace

Answer products(Source& source, const json::object& arguments, const Request& request) {
  if (arguments.contains("no_sale_days")) return slow_stock(source, arguments, request);
  const Arguments read{arguments};
  Listing listing{"products", "query or low_stock", {}, arguments};
  ProductQuery query;
  query.text = read.text("query");
  query.only_low_stock = read.flag("low_stock").value_or(false);
  query.is_active = read.flag("active");
  query.slice = listing.slice();
  const auto page = source.products(query, request);
  for (const auto& product : page.items) show(listing, product);
  return std::move(listing).finish(source, page, page.total, request);
}

}  // namespace tomada::erp::tools
