// A connection belongs to one thread at a time: readers take one from the idle ones, or open another. With the
// write-ahead log readers never wait for the writer, nor he for them.
#include "mirror/store.hpp"

#include "mirror/codec.hpp"
#include "mirror/reading.hpp"
#include "mirror/schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace tomada::erp::mirror {
namespace {

constexpr int busy_ms = 5'000;

struct OtherVersion : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool is_ours(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt() == schema_version;
}

void create(SQLite::Database& database) {
  SQLite::Transaction whole{database, SQLite::TransactionBehavior::IMMEDIATE};  // somebody else may be at it
  if (is_ours(database)) return;
  database.exec(schema);
  database.exec("PRAGMA user_version = " + std::to_string(schema_version));
  whole.commit();
}

std::unique_ptr<SQLite::Database> open_file(const std::string& path) {
  auto out = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_ms);
  out->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
  const auto version = out->execAndGet("PRAGMA user_version").getInt();
  if (version != 0 && version != schema_version) throw OtherVersion{"it is of another version"};
  if (version == 0) create(*out);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return out;
}

bool is_sound(SQLite::Database& database) { return database.execAndGet("PRAGMA quick_check(1)").getString() == "ok"; }

// Null: the file is no copy that can be used. Throws when that is not known: a good one is never thrown away because a
// disk is full or somebody else is at it.
std::unique_ptr<SQLite::Database> open_sound(const std::string& path) {
  try {
    auto out = open_file(path);
    return is_sound(*out) ? std::move(out) : nullptr;
  } catch (const OtherVersion&) {
    return nullptr;
  } catch (const std::exception& error) {
    const std::string_view said = error.what();
    const bool is_damaged = said == sqlite3_errstr(SQLITE_CORRUPT) || said == sqlite3_errstr(SQLITE_NOTADB);
    if (!is_damaged) throw;
    return nullptr;
  }
}

void remove_file(const std::string& path) {
  for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
}

void write_titles(SQLite::Database& database, const Sheet& sheet, std::int64_t pass) {
  SQLite::Statement row{database, "INSERT OR REPLACE INTO titles VALUES(?,?,?,?,?,?,?,?,?,?)"};
  for (const auto& title : sheet.titles) {
    row.reset();
    row.bind(1, title.id);
    row.bind(2, pass);
    row.bind(3, title.direction == Direction::receivable ? 1 : 0);
    row.bind(4, title.partner.id);
    row.bind(5, title.issued_on.days());
    row.bind(6, title.due_on.days());
    row.bind(7, title.amount.text());
    row.bind(8, title.paid.text());
    row.bind(9, title.open.text());
    row.bind(10, settled_code(title.status));
    row.exec();
  }
}

void write_partners(SQLite::Database& database, const Sheet& sheet, std::int64_t pass) {
  SQLite::Statement row{database, "INSERT OR REPLACE INTO partners VALUES(?,?,?,?,?)"};
  for (const auto& partner : sheet.partners) {
    row.reset();
    row.bind(1, partner.id);
    row.bind(2, pass);
    row.bind(3, partner.name);
    row.bind(4, partner.trade_name);
    row.bind(5, partner.tax_id);
    row.exec();
  }
}

void write_orders(SQLite::Database& database, const Sheet& sheet, std::int64_t pass) {
  SQLite::Statement row{database, "INSERT OR REPLACE INTO orders VALUES(?,?,?,?,?,?,?,?)"};
  for (const auto& order : sheet.orders) {
    row.reset();
    row.bind(1, order.id);
    row.bind(2, pass);
    row.bind(3, order.number);
    row.bind(4, order.partner.id);
    row.bind(5, order.ordered_on.days());
    row.bind(6, static_cast<int>(order.status));
    row.bind(7, order.total.text());
    row.bind(8, encoded(order.items));
    row.exec();
  }
}

void write_state(SQLite::Database& database, const ShelfState& state) {
  SQLite::Statement row{database, "INSERT OR REPLACE INTO shelves VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  row.bind(1, std::string{name_of(state.shelf)});
  int at = 1;
  for (const auto value :
       {state.pass, std::int64_t{state.is_passing}, state.done, state.sheet_rows, state.edition, state.total,
        state.excess, state.began_ms, state.passed_ms, state.as_of_ms, state.changed_ms, state.anchor_ms})
    row.bind(++at, value);
  row.exec();
}

}  // namespace

Store::Store(std::string path) : path_{std::move(path)} {
  auto first = open_sound(path_);
  if (!first) {
    remove_file(path_);
    first = open_file(path_);
  }
  idle_.push_back(std::move(first));
}

Store::~Store() = default;

std::unique_ptr<SQLite::Database> Store::open() const { return open_file(path_); }

Store::Reading::Reading(const Store& store) : store_{store} {
  {
    const std::lock_guard lock{store_.mutex_};
    if (!store_.idle_.empty()) {
      database_ = std::move(store_.idle_.back());
      store_.idle_.pop_back();
    }
  }
  if (!database_) database_ = store_.open();
}

Store::Reading::~Reading() {
  const std::lock_guard lock{store_.mutex_};
  store_.idle_.push_back(std::move(database_));
}

ShelfState Store::state(Shelf shelf) const {
  const Reading reading{*this};
  SQLite::Statement row{*reading, "SELECT * FROM shelves WHERE name = ?"};
  row.bind(1, std::string{name_of(shelf)});
  ShelfState out;
  out.shelf = shelf;
  if (!row.executeStep()) return out;
  int at = 0;
  const auto next = [&] { return row.getColumn(++at).getInt64(); };
  out.pass = next();
  out.is_passing = next() != 0;
  for (auto* value : {&out.done, &out.sheet_rows, &out.edition, &out.total, &out.excess, &out.began_ms, &out.passed_ms,
                      &out.as_of_ms, &out.changed_ms, &out.anchor_ms})
    *value = next();
  return out;
}

std::int64_t Store::count(Shelf shelf) const {
  const Reading reading{*this};
  return reading->execAndGet("SELECT count(*) FROM " + std::string{name_of(shelf)}).getInt64();
}

void Store::keep(const Sheet& sheet, const ShelfState& state) {
  const Reading writing{*this};
  SQLite::Transaction whole{*writing, SQLite::TransactionBehavior::IMMEDIATE};
  write_titles(*writing, sheet, state.pass);
  write_partners(*writing, sheet, state.pass);
  write_orders(*writing, sheet, state.pass);
  write_state(*writing, state);
  whole.commit();
}

void Store::save(const ShelfState& state) {
  const Reading writing{*this};
  write_state(*writing, state);
}

void Store::drop(Shelf shelf, const std::vector<std::string>& ids) {
  const Reading writing{*this};
  SQLite::Transaction whole{*writing, SQLite::TransactionBehavior::IMMEDIATE};
  SQLite::Statement gone{*writing, "DELETE FROM " + std::string{name_of(shelf)} + " WHERE id = ?"};
  for (const auto& id : ids) {
    gone.reset();
    gone.bind(1, id);
    gone.exec();
  }
  whole.commit();
}

std::vector<std::string> Store::ids(Shelf shelf, std::int64_t offset, std::int64_t limit) const {
  const Reading reading{*this};
  SQLite::Statement row{*reading,
                        "SELECT id FROM " + std::string{name_of(shelf)} + " ORDER BY length(id), id LIMIT ? OFFSET ?"};
  row.bind(1, limit);
  row.bind(2, offset);
  std::vector<std::string> out;
  while (row.executeStep()) out.push_back(row.getColumn(0).getString());
  return out;
}

void Store::drop_older(const ShelfState& state) {
  const Reading writing{*this};
  SQLite::Transaction whole{*writing, SQLite::TransactionBehavior::IMMEDIATE};
  SQLite::Statement gone{*writing, "DELETE FROM " + std::string{name_of(state.shelf)} + " WHERE pass < ?"};
  gone.bind(1, state.pass);
  gone.exec();
  write_state(*writing, state);
  whole.commit();
}

}  // namespace tomada::erp::mirror
