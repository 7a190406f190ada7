#pragma once
// Conditions: where every rule stands, in the store, and the way of an announcement from there into the outbox.
#include "core/alerts/condition.hpp"
#include "core/alerts/outbox.hpp"
#include "core/base/result.hpp"
#include "core/storage/store.hpp"

#include <map>
#include <string>

namespace tomada::alerts {

class Conditions final {
 public:
  Conditions(storage::Store& store, Outbox& outbox) : store_{store}, outbox_{outbox} {}

  [[nodiscard]] Result<std::map<std::string, Condition>> all() const;
  [[nodiscard]] Result<void> keep(const std::string& rule, Condition next, bool is_rule_gone);
  // Standing first, with its announcement inside; then the outbox; then the standing without it. A kill between any two
  // leaves the announcement where the next round finds it, under the same key: never lost, never doubled.

 private:
  storage::Store& store_;
  Outbox& outbox_;
};

}  // namespace tomada::alerts
