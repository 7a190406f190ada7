// Omie filters little: texts, cities, amounts and most dates are ours to filter. So a list is read completely, then
// filtered, summed, sorted and cut with the rules of matching.hpp.
// Names come from registers that are at most ten minutes old; they do not age an answer whose own facts were read now.
#include "omie/omie_source.hpp"

#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/operations.hpp"

#include <stdexcept>
#include <utility>

namespace tomada::erp::omie {
namespace {

const std::string& required(const std::string& value, const char* key) {
  if (!value.empty()) return value;
  throw std::invalid_argument(std::string{key} +
                              " is missing; source = \"omie\" needs app_key and app_secret, for example " + key +
                              " = \"${OMIE_" + (std::string_view{key} == "app_key" ? "APP_KEY" : "APP_SECRET") + "}\"");
}

// What the query leaves of all items, sorted and cut.
template <class Item, class Query>
Page<Item> page_of(const std::vector<Item>& all, const Provenance& provenance, const Query& query) {
  Page<Item> out;
  static_cast<Provenance&>(out) = provenance;
  for (const Item& item : all)
    if (matches(item, query)) out.items.push_back(item);
  finish(out, query.slice);
  return out;
}

}  // namespace

OmieSource::OmieSource(const Settings& settings, sdk::Host host)
    : host_{host},
      client_{host, settings.upstream, required(settings.app_key, "app_key"),
              required(settings.app_secret, "app_secret")} {}

Connection OmieSource::connect(const Request& request) {
  const sdk::json::object first_page{{"pagina", 1}, {"registros_por_pagina", 1}};
  const auto page = read_page(operations::companies, client_.ask(operations::companies, first_page, request));
  Connection out;
  static_cast<Provenance&>(out) = page.provenance;
  if (page.rows.empty()) return out;
  const Record company{page.rows.front()};
  out.company.name = company.text("razao_social");
  out.company.tax_id = company.text("cnpj");
  return out;
}

Register<Category>::Copy OmieSource::all_categories(const Request& request) {
  return categories_.get(request, host_,
                         [&] { return copy_of(read_list(operations::categories, {}, request, category_from)); });
}

Register<Product>::Copy OmieSource::all_products(const Request& request) {
  const sdk::json::object every{{"apenas_importado_api", "N"}, {"filtrar_apenas_omiepdv", "N"}};
  return products_.get(request, host_,
                       [&] { return copy_of(read_list(operations::products, every, request, product_from)); });
}

Page<Category> OmieSource::categories(const CategoryQuery& query, const Request& request) {
  const auto all = all_categories(request);
  return page_of(*all.items, all.provenance, query);
}

Page<Department> OmieSource::departments(const DepartmentQuery& query, const Request& request) {
  auto all = read_list(operations::departments, {}, request, department_from);
  Page<Department> out;
  static_cast<Provenance&>(out) = all.provenance;
  out.items = std::move(all.items);
  finish(out, query.slice);
  return out;
}

Page<Product> OmieSource::products(const ProductQuery& query, const Request& request) {
  const auto all = all_products(request);
  auto items = *all.items;
  Provenance provenance = all.provenance;
  add_stock(items, query.only_low_stock, provenance, request);
  return page_of(items, provenance, query);
}

// Without cExibeTodos Omie leaves out what has no stock, and sends twice as many rows in a page.
void OmieSource::add_stock(std::vector<Product>& products, bool is_low_wanted, Provenance& provenance,
                           const Request& request) const {
  const sdk::json::object asked{{"cExibeTodos", is_low_wanted ? "S" : "N"},
                                {"dDataPosicao", request.today.brazilian()}};
  const auto stock = client_.read_all(operations::stock, asked, request);
  merge(provenance, stock.provenance);
  std::map<std::string, const sdk::json::object*> by_id;
  for (const auto& row : stock.rows) by_id.emplace(Record{row}.id("nCodProd"), &row);
  for (Product& product : products) {
    const auto found = by_id.find(product.id);
    if (found == by_id.end()) continue;
    product.stock = read_record(operations::stock, *found->second,
                                [](const Record& record) { return record.required_number("nSaldo"); });
    const auto minimum = read_record(operations::stock, *found->second,
                                     [](const Record& record) { return record.number("estoque_minimo"); });
    if (!minimum.is_zero()) product.minimum_stock = minimum;
  }
}

}  // namespace tomada::erp::omie
