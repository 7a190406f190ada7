#pragma once
// Day: a civil day, written dd/mm/yyyy.
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace omie_simulator {

using Day = std::chrono::sys_days;

inline std::string text(Day day) {
  const std::chrono::year_month_day date{day};
  char out[16];
  std::snprintf(out, sizeof out, "%02u/%02u/%04d", static_cast<unsigned>(date.day()) % 100u,
                static_cast<unsigned>(date.month()) % 100u, static_cast<int>(date.year()) % 10000);
  return out;
}

inline std::optional<Day> read_day(std::string_view from) {
  if (from.size() != 10 || from[2] != '/' || from[5] != '/') return std::nullopt;
  int parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : from) {
    if (c == '/') {
      ++part;
    } else if (c >= '0' && c <= '9') {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  const std::chrono::year_month_day date{std::chrono::year{parts[2]},
                                         std::chrono::month(static_cast<unsigned>(parts[1])),
                                         std::chrono::day(static_cast<unsigned>(parts[0]))};
  return date.ok() ? std::optional{Day{date}} : std::nullopt;
}

inline Day machine_day() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

}  // namespace omie_simulator
