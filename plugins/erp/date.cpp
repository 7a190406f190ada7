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

void write_digits(std::string& out, std::size_t at, std::size_t width, int value) {
  for (auto place = at + width; place > at; value /= 10) out[--place] = static_cast<char>('0' + value % 10);
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
  const auto day_of_month = civil();
  std::string out = "0000-00-00";
  write_digits(out, 0, 4, static_cast<int>(day_of_month.year()));
  write_digits(out, 5, 2, static_cast<int>(static_cast<unsigned>(day_of_month.month())));
  write_digits(out, 8, 2, static_cast<int>(static_cast<unsigned>(day_of_month.day())));
  return out;
}

std::string Date::brazilian() const {
  const auto text = iso();
  return text.substr(8, 2) + '/' + text.substr(5, 2) + '/' + text.substr(0, 4);
}

}  // namespace tomada::erp
