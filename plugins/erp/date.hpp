#pragma once
// Date: a civil day with exact arithmetic, read and written as ISO 8601 or as Brazilians write it.
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp {

class Date {
 public:
  constexpr Date() = default;  // 1970-01-01
  constexpr explicit Date(std::chrono::sys_days day) noexcept : day_{day} {}
  [[nodiscard]] static constexpr Date of(int year, unsigned month, unsigned day) noexcept {
    return Date{std::chrono::year{year} / month / day};
  }
  [[nodiscard]] static constexpr Date from_days(std::int64_t since_epoch) noexcept {
    return Date{std::chrono::sys_days{std::chrono::days{since_epoch}}};
  }
  // The day in America/Sao_Paulo, which has kept UTC-3 all year since 2019.
  [[nodiscard]] static constexpr Date in_sao_paulo(std::int64_t unix_ms) noexcept {
    const std::chrono::sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds{unix_ms}};
    return Date{std::chrono::floor<std::chrono::days>(instant - std::chrono::hours{3})};
  }

  // Absent when the text has another form or names a day that does not exist.
  [[nodiscard]] static std::optional<Date> read_iso(std::string_view text) noexcept;        // 2026-11-20
  [[nodiscard]] static std::optional<Date> read_brazilian(std::string_view text) noexcept;  // 20/11/2026

  [[nodiscard]] std::string iso() const;
  [[nodiscard]] std::string brazilian() const;
  [[nodiscard]] constexpr std::int64_t days() const noexcept { return day_.time_since_epoch().count(); }
  [[nodiscard]] constexpr int year() const noexcept { return static_cast<int>(civil().year()); }
  [[nodiscard]] constexpr unsigned month() const noexcept { return static_cast<unsigned>(civil().month()); }
  [[nodiscard]] constexpr unsigned day() const noexcept { return static_cast<unsigned>(civil().day()); }
  [[nodiscard]] constexpr unsigned weekday() const noexcept {  // 0: Sunday
    return std::chrono::weekday{day_}.c_encoding();
  }
  // The same day `months` later, or the last of that month when it is shorter.
  [[nodiscard]] constexpr Date plus_months(int months) const noexcept {
    const auto target = civil() + std::chrono::months{months};
    return target.ok() ? Date{target} : Date{target.year() / target.month() / std::chrono::last};
  }

  friend constexpr Date operator+(Date date, std::int64_t days) noexcept {
    return Date{date.day_ + std::chrono::days{days}};
  }
  friend constexpr Date operator-(Date date, std::int64_t days) noexcept { return date + -days; }
  friend constexpr std::int64_t operator-(Date a, Date b) noexcept { return a.days() - b.days(); }
  friend constexpr auto operator<=>(Date, Date) noexcept = default;

 private:
  constexpr Date(std::chrono::year_month_day civil) noexcept : day_{civil} {}
  constexpr explicit Date(std::chrono::year_month_day_last last) noexcept : day_{last} {}
  [[nodiscard]] constexpr std::chrono::year_month_day civil() const noexcept { return {day_}; }

  std::chrono::sys_days day_{};
};

}  // namespace tomada::erp
