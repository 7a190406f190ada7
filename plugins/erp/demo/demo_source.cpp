// The SQL is fixed text; what a query leaves out is NULL or empty and its condition then holds for every row. The
// conditions say the same as matching.cpp, which a test compares row by row.
#include "demo_source.hpp"

#include "folding.hpp"
#include "matching.hpp"
#include "question.hpp"
#include "store.hpp"

namespace tomada::erp::demo {
namespace {

// Reads one slice and the size of all that `chosen` leaves.
template <class Item, class Bind, class Read>
void read_page(SQLite::Database& store, Page<Item>& page, std::string_view columns, std::string_view chosen,
               std::string_view order, Slice slice, Bind bind, Read read) {
  Question count{store, "SELECT count(*)" + std::string{chosen}};
  bind(count);
  if (count.next()) page.total = count.number();
  Question rows{store, "SELECT " + std::string{columns} + std::string{chosen} + " ORDER BY " + std::string{order} +
                           " LIMIT :limit OFFSET :offset"};
  bind(rows);
  rows.with(":limit", slice.limit).with(":offset", slice.offset);
  while (rows.next()) {
    rows.begin_row();
    page.items.push_back(read(rows));
  }
}

Partner read_partner(Question& row) {
  Partner out;
  out.id = row.text();
  out.name = row.text();
  out.trade_name = row.text();
  out.tax_id = row.text();
  out.city = row.text();
  out.state = row.text();
  out.email = row.text();
  out.phone = row.text();
  out.is_customer = row.flag();
  out.is_supplier = row.flag();
  out.is_active = row.flag();
  return out;
}

Category read_category(Question& row) {
  Category out;
  out.code = row.text();
  out.description = row.text();
  const auto kind = row.text();
  out.kind = kind == "revenue"   ? CategoryKind::revenue
             : kind == "expense" ? CategoryKind::expense
                                 : CategoryKind::transfer;
  out.is_group = row.flag();
  out.is_active = row.flag();
  return out;
}

Product read_product(Question& row) {
  Product out;
  out.id = row.text();
  out.code = row.text();
  out.description = row.text();
  out.unit = row.text();
  out.price = row.cents();
  out.stock = Decimal{row.number()};
  out.minimum_stock = Decimal{row.number()};
  out.is_active = row.flag();
  return out;
}

void write_copy(SQLite::Database& store, const std::string& path) {
  try {
    copy_to(store, path);
  } catch (const std::exception& error) {
    throw sdk::ToolError{"demo_file \"" + path + "\" cannot be written (" + error.what() +
                         "); make its folder writable or leave demo_file out of [plugin.erp]"};
  }
}

std::optional<std::string_view> kind_name(const std::optional<CategoryKind>& kind) {
  if (!kind) return std::nullopt;
  return *kind == CategoryKind::revenue ? "revenue" : *kind == CategoryKind::expense ? "expense" : "transfer";
}

}  // namespace

DemoSource::DemoSource(std::string copy) : copy_{std::move(copy)} {}
DemoSource::~DemoSource() = default;

sdk::json::object DemoSource::health() const { return {{"status", "healthy"}}; }

SQLite::Database& DemoSource::store(Date today) {
  const bool is_new_day = !store_ || today_ != today;
  if (is_new_day) store_.reset();
  auto fresh = is_new_day ? open_store(make_books(today)) : std::move(store_);
  if (entries_ && is_new_day) entries_->begin();
  const bool has_changed = entries_ && entries_->apply(*fresh);
  if (!copy_.empty() && (is_new_day || has_changed)) write_copy(*fresh, copy_);
  store_ = std::move(fresh);
  today_ = today;
  return *store_;
}

Connection DemoSource::connect(const Request& request) {
  const std::lock_guard lock{mutex_};
  Question row{store(request.today), "SELECT name, tax_id FROM company"};
  Connection out;
  if (!row.next()) return out;
  out.company.name = row.text();
  out.company.tax_id = row.text();
  return out;
}

Page<Partner> DemoSource::partners(const PartnerQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  const auto bind = [&](Question& question) {
    question.with(":text", query.text).with(":digits", tax_digits(query.text)).with(":city", query.city);
    question.with(":state", fold(trimmed(query.state))).with(":active", query.is_active);
    question.with(":customer", std::int64_t{query.role == PartnerRole::customer});
    question.with(":supplier", std::int64_t{query.role == PartnerRole::supplier});
  };
  Page<Partner> page;
  read_page(store(request.today), page,
            "id, name, trade_name, tax_id, city, state, email, phone, is_customer, is_supplier, is_active",
            " FROM partners WHERE (has_words(name || char(10) || trade_name, :text)"
            " OR (:digits <> '' AND instr(digits(tax_id), :digits))) AND has_words(city, :city)"
            " AND (:state = '' OR fold(state) = :state) AND (:active IS NULL OR is_active = :active)"
            " AND is_customer >= :customer AND is_supplier >= :supplier",
            "fold(name), id", query.slice, bind, read_partner);
  return page;
}

Page<Category> DemoSource::categories(const CategoryQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  const auto bind = [&](Question& question) {
    question.with(":text", query.text).with(":code", trimmed(query.text)).with(":active", query.is_active);
    if (const auto kind = kind_name(query.kind)) question.with(":kind", *kind);
  };
  Page<Category> page;
  read_page(store(request.today), page, "code, description, kind, is_group, is_active",
            " FROM categories WHERE (has_words(description, :text) OR instr(code, :code) = 1)"
            " AND (:kind IS NULL OR kind = :kind) AND (:active IS NULL OR is_active = :active)",
            "code", query.slice, bind, read_category);
  return page;
}

Page<Department> DemoSource::departments(const DepartmentQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  const auto read = [](Question& row) {
    auto code = row.text(), description = row.text(), structure = row.text();
    return Department{std::move(code), std::move(description), std::move(structure), row.flag()};
  };
  Page<Department> page;
  read_page(
      store(request.today), page, "code, description, structure, is_active", " FROM departments", "structure, code",
      query.slice, [](Question&) {}, read);
  return page;
}

Page<Product> DemoSource::products(const ProductQuery& query, const Request& request) {
  const std::lock_guard lock{mutex_};
  const auto bind = [&](Question& question) {
    question.with(":text", query.text).with(":active", query.is_active);
    question.with(":low", std::int64_t{query.only_low_stock});
  };
  Page<Product> page;
  read_page(
      store(request.today), page, "id, code, description, unit, price_cents, on_hand - reserved, minimum, is_active",
      " FROM products WHERE has_words(code || char(10) || description, :text)"
      " AND (:active IS NULL OR is_active = :active) AND (NOT :low OR (minimum > 0 AND on_hand - reserved < minimum))",
      "fold(description), code", query.slice, bind, read_product);
  return page;
}

}  // namespace tomada::erp::demo
