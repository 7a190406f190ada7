#include "tools/arguments.hpp"
#include "tools/listing.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 3> kinds{"revenue", "expense", "transfer"};

void show(Listing& listing, const Category& category) {
  const auto kind = kinds[static_cast<std::size_t>(category.kind)];
  json::object facts{{"code", category.code}, {"description", category.description}, {"kind", std::string{kind}}};
  if (category.is_group) facts["group"] = true;
  if (!category.is_active) facts["active"] = false;
  auto line = category.code + ' ' + category.description + " (" + std::string{kind};
  line += category.is_group ? ", group" : "";
  line += category.is_active ? ")" : ", inactive)";
  listing.item(facts, line);
}

}  // namespace

Answer categories(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  Listing listing{"categories", "query or kind", {}, arguments};
  CategoryQuery query;
  query.text = read.text("query");
  if (arguments.contains("kind")) query.kind = read.choice("kind", kinds, CategoryKind::revenue);
  query.is_active = read.flag("active");
  query.slice = listing.slice();
  const auto page = source.categories(query, request);
  for (const auto& category : page.items) show(listing, category);
  return std::move(listing).finish(source, page, page.total, request);
}

}  // namespace tomada::erp::tools
