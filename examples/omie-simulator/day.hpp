#pragma once
// Day: a civil day, written dd/mm/yyyy. Moment: a second of it, whose time is written hh:mm:ss in a field of its own.
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace omie_simulator {

using Day = std::chrono::sys_days;
using Moment = std::chrono::sys_seconds;

inline Day day_of(Moment moment) { return std::chrono::floor<std::chrono::days>(moment); }

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
      if (++part > 2) return std::nullopt;
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

inline std::string time_text(Moment moment) {
  const std::chrono::hh_mm_ss time{moment - day_of(moment)};
  char out[16];
  std::snprintf(out, sizeof out, "%02u:%02u:%02u", static_cast<unsigned>(time.hours().count()) % 100u,
                static_cast<unsigned>(time.minutes().count()) % 100u,
                static_cast<unsigned>(time.seconds().count()) % 100u);
  return out;
}

inline std::optional<std::chrono::seconds> read_time(std::string_view from) {  // of the day
  unsigned hours = 0, minutes = 0, seconds = 0;
  const bool is_shaped =
      from.size() == 8 && std::sscanf(std::string{from}.c_str(), "%2u:%2u:%2u", &hours, &minutes, &seconds) == 3;
  if (!is_shaped || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  return std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
}

inline Moment machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
inline Day machine_day() { return day_of(machine_now()); }

}  // namespace omie_simulator
