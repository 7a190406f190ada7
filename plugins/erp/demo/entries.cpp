#include "demo/entries.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace tomada::erp::demo {
namespace {

constexpr std::string_view prefix = "booked.";

std::string text(const sdk::json::object& row, const char* name) { return row.at(name).as_string().c_str(); }

void insert_partner(SQLite::Database& store, std::int64_t id, const sdk::json::object& row) {
  SQLite::Statement insert{store, "INSERT INTO partners VALUES(?,?,?,?,?,?,?,'',?,?,1)"};
  int at = 0;
  insert.bind(++at, id);
  for (const auto* name : {"name", "trade_name", "tax_id", "city", "state", "email"})
    insert.bind(++at, text(row, name));
  for (const auto* name : {"is_customer", "is_supplier"}) insert.bind(++at, row.at(name).as_bool() ? 1 : 0);
  insert.exec();
}

void insert_title(SQLite::Database& store, std::int64_t id, const sdk::json::object& row) {
  SQLite::Statement insert{
      store,
      "INSERT INTO titles SELECT ?, ?, ?, '001/001', ?, NULL, ?, (SELECT min(code) FROM departments),"
      " ?, ?, ?, 0, NULL, 0"};
  insert.bind(1, id);
  insert.bind(2, row.at("is_receivable").as_bool() ? 1 : 0);
  insert.bind(3, text(row, "document"));
  insert.bind(4, static_cast<std::int64_t>(std::stoll(text(row, "partner"))));
  insert.bind(5, text(row, "category"));
  insert.bind(6, text(row, "issued_on"));
  insert.bind(7, text(row, "due_on"));
  insert.bind(8, row.at("amount_cents").as_int64());
  insert.exec();
}

}  // namespace

bool Entries::apply(SQLite::Database& store) {
  bool has_changed = false;
  for (const auto& [key, text] : host_.scan(prefix)) {
    if (!applied_.insert(key).second) continue;
    const auto row = sdk::read_json(text).as_object();
    const auto id = id_of(key.substr(prefix.size()));
    row.contains("tax_id") ? insert_partner(store, id, row) : insert_title(store, id, row);
    has_changed = true;
  }
  return has_changed;
}

bool Entries::has(const std::string& key) const { return applied_.contains(std::string{prefix} + key); }

bool Entries::save(const std::string& key, const sdk::json::object& row) const {
  return host_.save(std::string{prefix} + key, sdk::write(row));
}

// Above every id that the company is made up with, the same for the same key.
std::int64_t Entries::id_of(const std::string& key) {
  constexpr std::int64_t above = 9'000'000'000;
  return above + static_cast<std::int64_t>(std::stoull(key.substr(1, 7), nullptr, 16));
}

}  // namespace tomada::erp::demo
