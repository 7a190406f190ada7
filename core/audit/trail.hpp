#pragma once
// Trail: who meant to change what in another system, on the disk before it is asked for; and what came of it.
#include "core/audit/journal.hpp"
#include "core/base/clock.hpp"
#include "core/json/value.hpp"
#include "core/log/log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::audit {

struct Intent {
  std::string plugin, tool;  // the instance's name · the tool's
  std::string subject, tenant, correlation;
  std::string key;  // what makes the change happen once
  json::object arguments;
};

enum class Ending { done, refused, unknown };  // refused: surely not done; unknown: it may have been

struct Record {  // one line
  std::string id;
  json::object line;
};

struct Reading {
  std::vector<Record> records;  // oldest first
  std::int64_t unreadable = 0;  // lines that are no records: cut off by a crash
};

struct Earlier {  // what is known of a key
  std::string id, at;
  std::string state;    // "open": nothing came of it that is known; "done", "refused", "unknown"
  bool is_same = true;  // whether the arguments were the same
  json::object facts;   // of its outcome
};

class Trail final {
 public:
  Trail(const std::string& folder, const Clock& clock, log::Logger& log, Bounds bounds = {});

  [[nodiscard]] static std::string key(const Intent& intent, std::string_view seed);
  // 20 characters, the same for the same tenant, subject, plugin, tool and seed.

  [[nodiscard]] Result<std::string> begin(const Intent& intent);  // [any thread] on the disk when it answers; its id
  [[nodiscard]] Result<void> end(std::string_view id, Ending ending, const json::object& facts);
  [[nodiscard]] Result<std::optional<Earlier>> find(const Intent& intent) const;
  // The last intent of that key; one that was done counts before any that was not. Half a line is said in the log.
  [[nodiscard]] Result<Reading> read() const;

 private:
  [[nodiscard]] Result<void> write(const json::object& line);

  const Journal journal_;
  const Clock& clock_;
  log::Logger& log_;
};

}  // namespace tomada::audit
