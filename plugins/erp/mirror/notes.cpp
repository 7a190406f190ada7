// What the copy remembers beside its rows: attempts, writes, and the balances that were last seen.
#include "mirror/reading.hpp"
#include "mirror/store.hpp"

#include <tomada/json.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

namespace tomada::erp::mirror {
namespace {

template <class Value>
void write_note(SQLite::Database& database, const std::string& key, const Value& value) {
  SQLite::Statement row{database, "INSERT OR REPLACE INTO notes VALUES(?, ?)"};
  row.bind(1, key);
  row.bind(2, value);
  row.exec();
}

std::string note(SQLite::Database& database, const std::string& key) {
  SQLite::Statement row{database, "SELECT value FROM notes WHERE key = ?"};
  row.bind(1, key);
  return row.executeStep() ? row.getColumn(0).getString() : std::string{};
}

std::string text_of(const sdk::json::object& from, const char* key) { return from.at(key).as_string().c_str(); }

}  // namespace

std::int64_t Store::number(const std::string& key) const {
  const Reading reading{*this};
  const auto text = note(*reading, key);
  return text.empty() ? 0 : std::stoll(text);
}

Store::Attempt Store::last_attempt() const {
  const Reading reading{*this};
  const auto ended = note(*reading, "attempts");
  const auto names = ' ' + note(*reading, "failed_shelves") + ' ';
  Attempt out{ended.empty() ? 0 : std::stoll(ended), {}};
  for (const auto shelf : shelves)
    out.failed[place_of(shelf)] = names.find(' ' + std::string{name_of(shelf)} + ' ') != std::string::npos;
  return out;
}

void Store::note_attempt(const Marks& failed) {
  std::string names;
  for (const auto shelf : shelves)
    if (failed[place_of(shelf)]) names += (names.empty() ? "" : " ") + std::string{name_of(shelf)};
  const auto ended = number("attempts") + 1;
  const Reading writing{*this};
  SQLite::Transaction whole{*writing, SQLite::TransactionBehavior::IMMEDIATE};
  write_note(*writing, "attempts", ended);
  write_note(*writing, "failed_shelves", names);
  whole.commit();
}

void Store::mark_dirty(std::int64_t now_ms) {
  const Reading writing{*this};
  write_note(*writing, "dirty_ms", now_ms);
}

std::int64_t Store::dirty_ms() const { return number("dirty_ms"); }

void Store::save_balances(const Balances& balances) {
  sdk::json::array accounts;
  for (const auto& account : balances.accounts)
    accounts.push_back(sdk::json::object{{"id", account.id},
                                         {"name", account.name},
                                         {"kind", account.kind},
                                         {"bank", account.bank},
                                         {"balance", account.balance.text()}});
  const sdk::json::object all{{"accounts", std::move(accounts)}, {"as_of_ms", balances.as_of_ms}};
  const Reading writing{*this};
  write_note(*writing, "balances", sdk::write(all));
}

std::optional<Balances> Store::balances() const {
  const Reading reading{*this};
  const auto text = note(*reading, "balances");
  if (text.empty()) return std::nullopt;
  const auto all = sdk::read_json(text).as_object();
  Balances out;
  out.as_of_ms = all.at("as_of_ms").as_int64();
  for (const auto& each : all.at("accounts").as_array()) {
    const auto& row = each.as_object();
    out.accounts.push_back({text_of(row, "id"), text_of(row, "name"), text_of(row, "kind"), text_of(row, "bank"),
                            Decimal::parse(text_of(row, "balance"))});
  }
  return out;
}

}  // namespace tomada::erp::mirror
