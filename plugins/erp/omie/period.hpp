#pragma once
// Period: whole months and years around a day, so that questions of nearby days are one question to Omie.
#include "date.hpp"

namespace tomada::erp::omie {

[[nodiscard]] constexpr Date first_of_month(Date day) noexcept {
  return day - (static_cast<std::int64_t>(day.day()) - 1);
}
[[nodiscard]] constexpr Date last_of_month(Date day) noexcept { return first_of_month(day).plus_months(1) - 1; }
[[nodiscard]] constexpr Date first_of_year(Date day) noexcept { return Date::of(day.year(), 1, 1); }
[[nodiscard]] constexpr Date last_of_year(Date day) noexcept { return Date::of(day.year(), 12, 31); }

}  // namespace tomada::erp::omie
