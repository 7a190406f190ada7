#pragma once
// Entries: what was booked in the demo company, kept in the host's store, so that it outlives the process and the day.
#include <tomada/plugin.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace SQLite {
class Database;
}

namespace tomada::erp::demo {

class Entries {
 public:
  explicit Entries(sdk::Host host) : host_{host} {}

  void begin() { applied_.clear(); }    // for a database that has none of them
  bool apply(SQLite::Database& store);  // writes what is not there yet; false: nothing was
  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] bool save(const std::string& key, const sdk::json::object& row) const;  // false: not kept
  [[nodiscard]] static std::int64_t id_of(const std::string& key);

 private:
  sdk::Host host_;
  std::set<std::string> applied_;
};

}  // namespace tomada::erp::demo
