#pragma once
// Condition: where a rule stands (inactive, pending, firing, resolved) and how one look at its metric moves it.
#include "core/alerts/rule.hpp"
#include "core/base/clock.hpp"

#include <optional>
#include <string_view>

namespace tomada::alerts {

enum class Standing { inactive, pending, firing, resolved };
[[nodiscard]] std::string_view name(Standing standing) noexcept;

struct Condition {
  Standing standing = Standing::inactive;
  std::int64_t since_ms = 0;     // Unix time of this standing
  std::int64_t fired_at_ms = 0;  // of the last firing
  std::string channel;           // that heard of the last firing, and will hear of its end
  json::object alert;            // the last firing as it was announced: labels, annotations, startsAt
  json::object announcement;     // an outbox entry that must still be put there; empty: none

  friend bool operator==(const Condition&, const Condition&) = default;
};

// One look. rule null: deleted. value absent: no sample, which moves nothing (a gap is neither good nor bad news).
// When firing begins or ends, the result carries the announcement for the outbox.
[[nodiscard]] Condition advance(const Condition& from, const Rule* rule, std::optional<double> value, WallTime now);

[[nodiscard]] std::string write_condition(const Condition& condition);
[[nodiscard]] Condition read_condition(std::string_view text);  // what cannot be read is inactive

}  // namespace tomada::alerts
