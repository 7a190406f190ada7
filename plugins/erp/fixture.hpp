#pragma once
// What the tests share: the plugin on a pinned day, and the same company in SQL.
#include "demo/demo_source.hpp"
#include "demo/store.hpp"

#include <tomada/testing.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace tomada::erp {

inline const Date test_day = Date::of(2026, 11, 20);

inline std::unique_ptr<SQLite::Database> make_company() {
  auto store = demo::open_store(demo::make_books(test_day));
  store->exec(
      "CREATE INDEX movements_by_title ON movements(title_id); CREATE INDEX titles_by_order ON titles(order_id)");
  return store;
}
inline SQLite::Database& company() {  // made once for the whole program, never changed
  static const auto store = make_company();
  return *store;
}

inline std::int64_t number(const std::string& sql) { return company().execAndGet(sql).getInt64(); }
inline std::string text(const std::string& sql) { return company().execAndGet(sql).getString(); }
inline std::string money(const std::string& sql) { return Decimal::from_units(number(sql), 2).text(); }

struct PluginFixture {
  PluginFixture() { host.config = {{"today", "2026-11-20"}, {"compat", true}}; }

  [[nodiscard]] testing::Outcome ask(const char* tool, const testing::json::object& arguments = {}) {
    if (!plugin) plugin = std::make_unique<testing::Plugin>(host);
    return plugin->run(tool, arguments);
  }
  [[nodiscard]] testing::json::object facts(const char* tool, const testing::json::object& arguments = {}) {
    auto outcome = ask(tool, arguments);
    if (!outcome.is_result()) throw std::runtime_error(outcome.message);
    return outcome.structured.as_object();
  }

  testing::FakeHost host;
  std::unique_ptr<testing::Plugin> plugin;
};

}  // namespace tomada::erp
