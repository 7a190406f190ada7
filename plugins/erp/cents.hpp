#pragma once
// Cents: bounds of amounts for databases that keep whole cents.
#include <tomada/decimal.hpp>

#include <cstdint>

namespace tomada::erp {

// The fewest and the most whole cents that an amount of any scale allows.
[[nodiscard]] inline std::int64_t cents_from(const sdk::Decimal& least) {
  const auto cents = least.rounded(2);
  return cents.units() + (cents < least ? 1 : 0);
}
[[nodiscard]] inline std::int64_t cents_to(const sdk::Decimal& most) {
  const auto cents = most.rounded(2);
  return cents.units() - (cents > most ? 1 : 0);
}

}  // namespace tomada::erp
