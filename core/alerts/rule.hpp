#pragma once
// Rule: a condition on one metric, how bad it is, and the channel that hears of it.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <string>
#include <vector>

namespace tomada::alerts {

enum class Comparison { above, at_least, below, at_most, equal, different };

struct Rule {
  std::string name;
  std::string metric;
  Comparison comparison = Comparison::above;
  double threshold = 0;
  std::int64_t for_seconds = 0;  // how long the condition must hold before the rule fires
  std::string severity = "warning";
  std::string channel = "log";
  bool is_enabled = true;
  std::string message;  // shown with the alert; empty: made from the condition

  friend bool operator==(const Rule&, const Rule&) = default;
  [[nodiscard]] bool holds(double value) const noexcept;  // is the condition true?
  [[nodiscard]] std::string condition() const;            // "memory_percent > 85"
};

[[nodiscard]] Result<Rule> read_rule(const json::object& from);
// Errors: invalid_argument, where = "rule.threshold", message with what was expected and found.
[[nodiscard]] json::object to_json(const Rule& rule);
[[nodiscard]] std::vector<Rule> default_rules();
[[nodiscard]] std::string number_text(double number);  // 85 as "85", 0.5 as "0.5"

}  // namespace tomada::alerts
