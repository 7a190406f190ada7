#include "date.hpp"

namespace tomada::erp {
namespace {

std::optional<int> number(std::string_view digits) noexcept {
  int out = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

std::optional<Date> civil_day(std::string_view year, std::string_view month, std::string_view day) noexcept {
  const auto y = number(year), m = number(month), d = number(day);
  if (!y || !m || !d || *y == 0) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                                          std::chrono::day{static_cast<unsigned>(*d)}};
  if (!civil.ok()) return std::nullopt;
  return Date{std::chrono::sys_days{civil}};
}

std::string padded(int value, std::size_t width) {
  auto digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

}  // namespace

std::optional<Date> Date::read_iso(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return civil_day(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

std::optional<Date> Date::read_brazilian(std::string_view text) noexcept {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  return civil_day(text.substr(6, 4), text.substr(3, 2), text.substr(0, 2));
}

std::string Date::iso() const {
  return padded(year(), 4) + '-' + padded(static_cast<int>(month()), 2) + '-' + padded(static_cast<int>(day()), 2);
}

std::string Date::brazilian() const {
  return padded(static_cast<int>(day()), 2) + '/' + padded(static_cast<int>(month()), 2) + '/' + padded(year(), 4);
}

}  // namespace tomada::erp
