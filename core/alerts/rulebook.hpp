#pragma once
// Rulebook: the rules in the store, shared by every process of the state folder.
#include "core/alerts/rule.hpp"
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/storage/store.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::alerts {

class Rulebook final {
 public:
  explicit Rulebook(storage::Store& store) : store_{store} {}

  // Every success is durable before it returns. [any thread] Errors: invalid_argument, not_found, and the store's.
  [[nodiscard]] Result<void> ensure_defaults();  // the first process of a state folder puts the default rules there
  [[nodiscard]] Result<std::map<std::string, Rule>> all() const;
  [[nodiscard]] Result<Rule> create(const json::object& rule);
  [[nodiscard]] Result<Rule> change(const json::object& members);  // "name" tells which; the others replace
  [[nodiscard]] Result<Rule> enable(const std::string& name, bool is_enabled);
  [[nodiscard]] Result<void> erase(const std::string& name);
  [[nodiscard]] Result<void> reset();  // the default rules and no others

 private:
  [[nodiscard]] Result<Rule> edit(const std::string& name, const json::object& members);
  [[nodiscard]] Error unknown(const std::string& name) const;

  storage::Store& store_;
  std::atomic<bool> has_defaults_{false};
};

}  // namespace tomada::alerts
