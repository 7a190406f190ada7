// Products with what is in the warehouses and not yet promised to anybody, and the least that its order points want
// there.
#include "matching.hpp"
#include "tryton/tryton_source.hpp"

#include <map>
#include <utility>

namespace tomada::erp::tryton {
namespace {

Product product_from(const Row& row) {
  Product out;
  out.id = std::to_string(row.id());
  out.code = row.text("code");
  out.description = row.part("template.").text("name");
  out.unit = row.part("default_uom.").text("symbol");
  out.price = row.money("list_price");
  out.is_active = row.flag("active");
  return out;
}

}  // namespace

Page<Product> TrytonSource::products(const ProductQuery& query, const Request& request) {
  const auto books = this->books(request);
  const auto rows = read("product.product", {}, {"code", "template.name", "default_uom.symbol", "list_price", "active"},
                         books, request);
  Page<Product> out;
  static_cast<Provenance&>(out) = provenance(books);
  merge(out, rows.provenance);
  auto whatever_stock = query;
  whatever_stock.only_low_stock = false;
  for_each(rows, [&](const Row& row) {
    auto product = product_from(row);
    if (matches(product, whatever_stock)) out.items.push_back(std::move(product));
  });
  if (query.only_low_stock) {
    add_stock(out.items, books, out, request);
    std::erase_if(out.items, [](const Product& product) { return !product.is_low(); });
  }
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items);
  cut(out.items, query.slice);
  if (!query.only_low_stock) add_stock(out.items, books, out, request);
  return out;
}

void TrytonSource::add_stock(std::vector<Product>& products, const Books& books, Provenance& provenance,
                             const Request& request) const {
  if (!books.has_stock || products.empty()) return;
  std::map<std::int64_t, Product*> by_id;
  std::vector<std::int64_t> ids;
  for (auto& product : products) {
    ids.push_back(std::stoll(product.id));
    by_id.emplace(ids.back(), &product);
  }
  sdk::json::array places;
  const auto warehouses =
      read("stock.location", Domain{}.with("type", "=", "warehouse"), {"storage_location", "active"}, books, request);
  for_each(warehouses, [&](const Row& row) {
    if (row.flag("active")) places.emplace_back(row.id("storage_location"));
  });
  auto here = context(books);
  here["locations"] = std::move(places);
  here["stock_assign"] = true;  // what is promised is no longer there
  const auto stock =
      client_.read_all({"product.product", Domain{}.among("id", ids), {"quantity"}, std::move(here)}, request);
  merge(provenance, stock.provenance);
  for_each(stock, [&](const Row& row) { by_id.at(row.id())->stock = row.quantity("quantity"); });
  if (!books.has_order_points) return;
  const auto least = read("stock.order_point", Domain{}.among("product", ids).with("company", "=", books.company_id),
                          {"product", "min_quantity"}, books, request);
  merge(provenance, least.provenance);
  for_each(least, [&](const Row& row) {
    auto& product = *by_id.at(row.id("product"));
    product.minimum_stock += row.quantity("min_quantity");
  });
}

}  // namespace tomada::erp::tryton
