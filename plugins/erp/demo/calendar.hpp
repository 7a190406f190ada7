#pragma once
// The working calendar of the demo company: weekends, national holidays on fixed days, and its seasons.
#include "date.hpp"

#include <array>

namespace tomada::erp::demo {

[[nodiscard]] constexpr bool is_working_day(Date date) noexcept {
  if (date.weekday() == 0 || date.weekday() == 6) return false;
  constexpr std::array holidays{101u, 421u, 501u, 907u, 1012u, 1102u, 1115u, 1120u, 1225u};  // month * 100 + day
  for (const auto holiday : holidays) {
    if (date.month() * 100 + date.day() == holiday) return false;
  }
  return true;
}

[[nodiscard]] constexpr Date next_working_day(Date date) noexcept {
  while (!is_working_day(date)) date = date + 1;
  return date;
}

[[nodiscard]] constexpr Date last_working_day(Date date) noexcept {
  while (!is_working_day(date)) date = date - 1;
  return date;
}

[[nodiscard]] constexpr Date first_of_month(Date date) noexcept { return date - (date.day() - 1); }
// Counts months since January 2000, so that numbers derived from it are short and never change.
[[nodiscard]] constexpr int month_number(Date date) noexcept {
  return (date.year() - 2000) * 12 + static_cast<int>(date.month()) - 1;
}
[[nodiscard]] constexpr Date month_start(int number) noexcept { return Date::of(2000, 1, 1).plus_months(number); }

// Sales of the month in percent of an average one: quiet after the holidays, best before Christmas.
[[nodiscard]] constexpr int season_percent(Date date) noexcept {
  constexpr std::array percent{82, 86, 97, 96, 104, 98, 94, 99, 100, 104, 114, 128};
  return percent[date.month() - 1];
}

}  // namespace tomada::erp::demo
