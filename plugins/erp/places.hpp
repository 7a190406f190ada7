#pragma once
// Places: decimals with the digits that a person writes.
#include <tomada/decimal.hpp>

namespace tomada::erp {

// "10.5000" to two places is "10.50", "10.125" stays.
[[nodiscard]] inline sdk::Decimal with_places(sdk::Decimal number, int least) {
  while (number.scale() > least && number.units() % 10 == 0)
    number = sdk::Decimal::from_units(number.units() / 10, number.scale() - 1);
  return number.scale() < least ? number.rounded(least) : number;
}

}  // namespace tomada::erp
