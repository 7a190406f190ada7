#include "store.hpp"

#include "folding.hpp"
#include "schema.hpp"
#include "tax_id.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <unistd.h>

namespace tomada::erp::demo {
namespace {

template <std::string (*function)(std::string_view)>
void call_on_text(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (!bytes) return sqlite3_result_null(context);
  const auto out = function({bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
  sqlite3_result_text(context, out.data(), static_cast<int>(out.size()), SQLITE_TRANSIENT);
}

void call_has_words(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto text = [arguments](int at) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(arguments[at]));
    return bytes ? std::string_view{bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[at]))}
                 : std::string_view{};
  };
  sqlite3_result_int(context, has_words(text(0), text(1)) ? 1 : 0);
}

// Prepared INSERTs of many rows at once; each row's values in the order of the table's columns. Strings are borrowed
// until the last row is in.
class Inserter {
 public:
  // rows: how many will come; all of them must.
  Inserter(SQLite::Database& store, const char* table, std::size_t rows) : store_{store}, table_{table}, left_{rows} {}

  template <class... Values>
  void operator()(const Values&... values) {
    if (in_batch_ == 0) begin(sizeof...(values));
    (bind(values), ...);
    if (++in_batch_ < batch_) return;
    statement_->exec();
    statement_->reset();
    left_ -= batch_;
    in_batch_ = 0;
    at_ = 0;
  }

 private:
  void begin(std::size_t columns) {
    constexpr std::size_t most = 16;  // rows in a statement: beyond, parsing costs more than it saves
    const auto rows = std::min(left_, most);
    if (rows == batch_) return;
    batch_ = rows;
    std::string row = "(?";
    for (std::size_t i = 1; i < columns; ++i) row += ",?";
    std::string sql = std::string{"INSERT INTO "} + table_ + " VALUES" + row + ')';
    for (std::size_t i = 1; i < rows; ++i) sql += ',' + row + ')';
    statement_.emplace(store_, sql);
  }
  void bind(std::int64_t value) { statement_->bind(++at_, value); }
  void bind(bool value) { statement_->bind(++at_, value ? 1 : 0); }
  void bind(const std::string& value) { statement_->bindNoCopy(++at_, value); }
  void bind(std::string_view value) { statement_->bind(++at_, std::string{value}); }
  void bind(Date value) { statement_->bind(++at_, value.iso()); }
  template <class Value>
  void bind(const std::optional<Value>& value) {
    if (value) return bind(*value);
    statement_->bind(++at_);
  }

  SQLite::Database& store_;
  const char* table_;
  std::optional<SQLite::Statement> statement_;
  std::size_t left_, batch_ = 0, in_batch_ = 0;
  int at_ = 0;
};

std::optional<std::int64_t> unless_zero(std::int64_t id) { return id == 0 ? std::nullopt : std::optional{id}; }

void insert_registers(SQLite::Database& store, const Books& books) {
  Inserter{store, "company", 1}(company_name, cnpj("12345678"), books.opened_on, books.today);
  Inserter partner{store, "partners", books.partners.size()};
  for (const auto& row : books.partners) {
    partner(row.id, row.name, row.trade_name, row.tax_id, row.city, row.state, row.email, row.phone, row.is_customer,
            row.is_supplier, row.is_active);
  }
  Inserter category{store, "categories", books.categories.size()};
  for (const auto& row : books.categories) category(row.code, row.description, row.kind, row.is_group, row.is_active);
  Inserter department{store, "departments", books.departments.size()};
  for (const auto& row : books.departments) department(row.code, row.structure, row.description, row.is_active);
  Inserter product{store, "products", books.products.size()};
  for (const auto& row : books.products) {
    product(row.id, row.code, row.description, row.unit, row.price, row.on_hand, row.reserved, row.minimum,
            row.is_active);
  }
}

void insert_sales(SQLite::Database& store, const Books& books) {
  Inserter order{store, "orders", books.orders.size()};
  for (const auto& row : books.orders) {
    order(row.id, row.number, row.partner, row.ordered_on, row.expected_on, row.status, row.total);
  }
  Inserter item{store, "order_items", books.items.size()};
  for (const auto& row : books.items) item(row.order, row.product, row.quantity, row.unit_price, row.total);
  Inserter invoice{store, "invoices", books.invoices.size()};
  for (const auto& row : books.invoices) invoice(row.number, row.order, row.issued_on, row.total, row.is_cancelled);
}

void insert_finance(SQLite::Database& store, const Books& books) {
  Inserter title{store, "titles", books.titles.size()};
  for (const auto& row : books.titles) {
    const auto paid_on = row.paid > 0 ? std::optional{row.paid_on} : std::nullopt;
    title(row.id, row.is_receivable, row.document, row.installment, row.partner, unless_zero(row.order), row.category,
          row.department, row.issued_on, row.due_on, row.amount, row.paid, paid_on, row.is_cancelled);
  }
  Inserter account{store, "accounts", books.accounts.size()};
  for (const auto& row : books.accounts) account(row.id, row.name, row.kind, row.bank, row.opening);
  Inserter movement{store, "movements", books.movements.size()};
  Date day;
  std::int64_t in_day = 0;
  for (const auto& row : books.movements) {  // by day
    in_day = row.on == day ? in_day + 1 : 1;
    day = row.on;
    movement(4'000'000'000 + day.days() * 1'000 + in_day, row.account, unless_zero(row.title), row.on, row.amount,
             row.note);
  }
}

}  // namespace

std::unique_ptr<SQLite::Database> open_store(const Books& books) {
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;  // its owner has a lock
  auto store = std::make_unique<SQLite::Database>(":memory:", flags);
  store->createFunction("fold", 1, true, nullptr, &call_on_text<fold>, nullptr, nullptr, nullptr);
  store->createFunction("digits", 1, true, nullptr, &call_on_text<digits_of>, nullptr, nullptr, nullptr);
  store->createFunction("has_words", 2, true, nullptr, &call_has_words, nullptr, nullptr, nullptr);
  store->exec("PRAGMA journal_mode = OFF");  // nobody else sees it before it is whole
  SQLite::Transaction transaction{*store};
  store->exec(schema);
  insert_registers(*store, books);
  insert_sales(*store, books);
  insert_finance(*store, books);
  store->exec(views);
  transaction.commit();
  return store;
}

void copy_to(SQLite::Database& store, const std::string& path) {
  const auto fresh = path + '.' + std::to_string(::getpid());  // two servers may be given the same file
  std::filesystem::remove(fresh);
  SQLite::Statement statement{store, "VACUUM INTO ?"};
  statement.bind(1, fresh);
  statement.executeStep();
  std::filesystem::rename(fresh, path);
}

}  // namespace tomada::erp::demo
