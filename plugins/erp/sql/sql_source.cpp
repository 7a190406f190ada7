#include "sql/sql_source.hpp"

#include "folding.hpp"
#include "sql/page.hpp"

#include <array>
#include <utility>

namespace tomada::erp::sql {
namespace {

void where_active(Statement& statement, const std::optional<bool>& is_active) {
  if (is_active) statement.where("t.is_active = " + statement.bind(std::int64_t{*is_active}));
}

Partner read_partner(const Row& row) {
  Partner out;
  out.id = row.text("id");
  out.name = row.text("name");
  out.trade_name = row.text("trade_name");
  out.tax_id = row.text("tax_id");
  out.city = row.text("city");
  out.state = row.text("state");
  out.email = row.text("email");
  out.phone = row.text("phone");
  out.is_customer = row.flag("is_customer");
  out.is_supplier = row.flag("is_supplier");
  out.is_active = row.flag("is_active");
  return out;
}

constexpr std::array<std::string_view, 3> kinds{"revenue", "expense", "transfer"};

Category read_category(const Row& row) {
  Category out;
  out.code = row.text("code");
  out.description = row.text("description");
  out.kind = static_cast<CategoryKind>(row.word("kind", kinds));
  out.is_group = row.flag("is_group");
  out.is_active = row.flag("is_active");
  return out;
}

Product read_product(const Row& row) {
  Product out;
  out.id = row.text("id");
  out.code = row.text("code");
  out.description = row.text("description");
  out.unit = row.text("unit");
  out.price = row.money("price");
  out.stock = row.number("stock");
  out.minimum_stock = row.number("minimum_stock");
  out.is_active = row.flag("is_active");
  return out;
}

std::string section_text(const Settings& settings, const char* key) {
  const auto* section = settings.section.if_contains("sql");
  const auto* value = section && section->is_object() ? section->get_object().if_contains(key) : nullptr;
  return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}

}  // namespace

SqlSource::SqlSource(const Settings& settings, sdk::Host host)
    : books_{settings, host},
      zone_{TimeZone::named(section_text(settings, "time_zone"))},
      company_{section_text(settings, "company"), section_text(settings, "company_tax_id")} {}

Date SqlSource::today(const sdk::Call*, std::int64_t now_ms) { return zone_.day(now_ms); }

Connection SqlSource::connect(const Request& request) {
  Connection out;
  merge(out, categories({}, request));
  out.company = company_;
  return out;
}

Page<Partner> SqlSource::partners(const PartnerQuery& query, const Request& request) {
  const auto relation = books_.relation(subjects::partners, request);
  const auto make = [&](Statement& statement) {
    statement.where_names("t.name", query.text);
    if (!trimmed(query.city).empty()) relation.require("city");
    statement.where_words("t.city", query.city);
    if (const auto state = erp::fold(trimmed(query.state)); !state.empty()) {
      relation.require("state");
      statement.where(statement.fold("t.state") + " = " + statement.bind(std::string_view{state}));
    }
    if (query.role != PartnerRole::all) {
      const std::string role = query.role == PartnerRole::customer ? "is_customer" : "is_supplier";
      relation.require(role);
      statement.where("t." + role + " = 1");
    }
    where_active(statement, query.is_active);
  };
  const auto order = [&](Statement& statement) {
    return bytewise(relation.dialect(), statement.fold("t.name")) + ", " + by_id(relation.dialect(), "t.id");
  };
  Page<Partner> page;
  read_page(books_, relation, page, query.slice, request, make, order, read_partner);
  return page;
}

// The manifest's probe is this question, so `tomada check` hears what is wrong with any of the queries.
Page<Category> SqlSource::categories(const CategoryQuery& query, const Request& request) {
  if (!is_checked_) books_.check_all(request);
  is_checked_ = true;
  if (!books_.knows_categories(request)) return {};
  const auto relation = books_.relation(subjects::categories, request);
  const auto make = [&](Statement& statement) {
    if (const auto text = trimmed(query.text); !text.empty()) {
      const auto code = "CAST(" + statement.bind(text) + " AS text)";
      statement.where("(substr(t.code, 1, length(" + code + ")) = " + code + " OR " +
                      statement.has_words("t.description", text) + ")");
    }
    if (query.kind) statement.where("t.kind = " + statement.bind(kinds[static_cast<std::size_t>(*query.kind)]));
    where_active(statement, query.is_active);
  };
  const auto order = [&](Statement&) {
    return bytewise(relation.dialect(), "t.code") + ", " + bytewise(relation.dialect(), "t.description");
  };
  Page<Category> page;
  read_page(books_, relation, page, query.slice, request, make, order, read_category);
  return page;
}

Page<Department> SqlSource::departments(const DepartmentQuery& query, const Request& request) {
  const auto relation = books_.relation(subjects::departments, request);
  const auto order = [&](Statement&) {
    return bytewise(relation.dialect(), "t.structure") + ", " + bytewise(relation.dialect(), "t.code");
  };
  const auto read = [](const Row& row) {
    return Department{row.text("code"), row.text("description"), row.text("structure"), row.flag("is_active")};
  };
  Page<Department> page;
  read_page(
      books_, relation, page, query.slice, request, [](Statement&) {}, order, read);
  return page;
}

Page<Product> SqlSource::products(const ProductQuery& query, const Request& request) {
  const auto relation = books_.relation(subjects::products, request);
  const auto make = [&](Statement& statement) {
    statement.where_words("t.code || '\n' || t.description", query.text);
    if (query.only_low_stock) relation.require("minimum_stock");
    if (query.only_low_stock)
      statement.where(
          "CAST(t.minimum_stock AS numeric) <> 0 AND CAST(t.stock AS numeric) < CAST(t.minimum_stock AS numeric)");
    where_active(statement, query.is_active);
  };
  const auto order = [&](Statement& statement) {
    return bytewise(relation.dialect(), statement.fold("t.description")) + ", " +
           bytewise(relation.dialect(), "t.code");
  };
  Page<Product> page;
  read_page(books_, relation, page, query.slice, request, make, order, read_product);
  return page;
}

}  // namespace tomada::erp::sql
