#pragma once
// Decimal: an exact decimal number, so that money never becomes a binary float. 64-bit units of 10^-scale.
#include <charconv>
#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tomada::sdk {

class Decimal {
 public:
  static constexpr int max_scale = 18;

  constexpr Decimal() = default;  // 0
  constexpr explicit Decimal(std::int64_t whole) noexcept : units_{whole} {}

  // Cents from a database: from_units(7489, 2) is 74.89.
  [[nodiscard]] static constexpr Decimal from_units(std::int64_t units, int scale) {
    if (scale < 0 || scale > max_scale) throw std::out_of_range("a decimal's scale is 0 to 18");
    Decimal out;
    out.units_ = units;
    out.scale_ = scale;
    return out;
  }

  // Digits with an optional sign and fraction: "74.89", "-3", "+0.5". The scale is as written: "74.90" keeps its zero.
  [[nodiscard]] static constexpr std::optional<Decimal> read(std::string_view text) noexcept;
  [[nodiscard]] static Decimal parse(std::string_view text) {
    return checked(read(text), text);
  }  // throws invalid_argument

  // Also takes an exponent, as JSON numbers may have: "1.5e3" is 1500.
  [[nodiscard]] static constexpr std::optional<Decimal> read_number(std::string_view text) noexcept;
  [[nodiscard]] static Decimal from_number_text(std::string_view text) { return checked(read_number(text), text); }

  [[nodiscard]] constexpr std::int64_t units() const noexcept { return units_; }
  [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
  [[nodiscard]] constexpr bool is_zero() const noexcept { return units_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const noexcept { return units_ < 0; }

  [[nodiscard]] std::string text() const;                     // "74.89", "-0.50": as many places as the scale
  [[nodiscard]] constexpr Decimal rounded(int places) const;  // to exactly so many places, half away from zero
  [[nodiscard]] double to_double() const {                    // for predecessors' number fields only
    double out = 0;
    const auto digits = text();
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
  }

  // Exact; throw std::overflow_error instead of wrapping. The result has the larger scale (product: the sum of both).
  friend constexpr Decimal operator+(Decimal a, Decimal b) {
    align(a, b);
    if (__builtin_add_overflow(a.units_, b.units_, &a.units_)) overflow();
    return a;
  }
  friend constexpr Decimal operator-(Decimal a) {
    if (__builtin_sub_overflow(std::int64_t{0}, a.units_, &a.units_)) overflow();
    return a;
  }
  friend constexpr Decimal operator-(Decimal a, Decimal b) {
    align(a, b);
    if (__builtin_sub_overflow(a.units_, b.units_, &a.units_)) overflow();
    return a;
  }
  friend constexpr Decimal operator*(Decimal a, Decimal b) {
    if (a.scale_ + b.scale_ > max_scale || __builtin_mul_overflow(a.units_, b.units_, &a.units_)) overflow();
    a.scale_ += b.scale_;
    return a;
  }
  constexpr Decimal& operator+=(Decimal other) { return *this = *this + other; }
  constexpr Decimal& operator-=(Decimal other) { return *this = *this - other; }

  // By value: 1.5 equals 1.50. Never throws.
  friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) noexcept { return compare(a, b); }
  friend constexpr bool operator==(Decimal a, Decimal b) noexcept { return compare(a, b) == 0; }

 private:
  [[noreturn]] static void overflow() { throw std::overflow_error("an amount is too large to be exact in 64 bits"); }
  static Decimal checked(std::optional<Decimal> value, std::string_view text) {
    if (!value) throw std::invalid_argument("\"" + std::string(text) + "\" is no decimal number");
    return *value;
  }
  static constexpr bool scale_up(Decimal& value, int scale) noexcept {
    for (; value.scale_ < scale; ++value.scale_) {
      if (__builtin_mul_overflow(value.units_, std::int64_t{10}, &value.units_)) return false;
    }
    return true;
  }
  static constexpr void align(Decimal& a, Decimal& b) {
    if (!scale_up(a, b.scale_) || !scale_up(b, a.scale_)) overflow();
  }
  static constexpr std::int64_t power(int exponent) noexcept {
    std::int64_t out = 1;
    while (exponent-- > 0) out *= 10;
    return out;
  }
  static constexpr std::strong_ordering compare(Decimal a, Decimal b) noexcept {  // whole parts, then fractions
    const auto a_one = power(a.scale_), b_one = power(b.scale_);
    if (const auto whole = a.units_ / a_one <=> b.units_ / b_one; whole != 0) return whole;
    const auto a_rest = a.units_ % a_one * power(max_scale - a.scale_);
    const auto b_rest = b.units_ % b_one * power(max_scale - b.scale_);
    return a_rest <=> b_rest;
  }

  std::int64_t units_ = 0;
  int scale_ = 0;
};

constexpr std::optional<Decimal> Decimal::read(std::string_view text) noexcept {
  const bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  Decimal out;
  bool has_point = false, has_digit = false;
  for (const char c : text) {
    if (c == '.' && !has_point && has_digit) {
      has_point = true;
      has_digit = false;  // digits on both sides of the point
      continue;
    }
    if (c < '0' || c > '9' || (has_point && ++out.scale_ > max_scale)) return std::nullopt;
    has_digit = true;
    const std::int64_t digit = is_negative ? '0' - c : c - '0';  // towards the sign, so that the smallest int64 fits
    if (__builtin_mul_overflow(out.units_, std::int64_t{10}, &out.units_)) return std::nullopt;
    if (__builtin_add_overflow(out.units_, digit, &out.units_)) return std::nullopt;
  }
  if (!has_digit) return std::nullopt;
  return out;
}

constexpr std::optional<Decimal> Decimal::read_number(std::string_view text) noexcept {
  const auto mark = text.find_first_of("eE");
  auto out = read(text.substr(0, mark));
  if (!out || mark == std::string_view::npos) return out;
  const auto power_of_ten = read(text.substr(mark + 1));
  if (!power_of_ten || power_of_ten->scale_ != 0 || power_of_ten->units_ > 40 || power_of_ten->units_ < -40)
    return std::nullopt;
  int scale = out->scale_ - static_cast<int>(power_of_ten->units_);
  if (out->units_ == 0) return Decimal{};
  if (scale > max_scale) return std::nullopt;
  out->scale_ = scale;
  if (scale < 0 && !scale_up(*out, 0)) return std::nullopt;
  return out;
}

inline std::string Decimal::text() const {
  auto digits = std::to_string(units_);
  const std::size_t sign = is_negative() ? 1 : 0;
  const auto places = static_cast<std::size_t>(scale_);
  if (digits.size() - sign <= places) digits.insert(sign, places + 1 - (digits.size() - sign), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return digits;
}

constexpr Decimal Decimal::rounded(int places) const {
  Decimal out = *this;
  if (places >= scale_) {
    if (places > max_scale || !scale_up(out, places)) overflow();
    return out;
  }
  const auto step = power(scale_ - places);
  const auto rest = units_ % step;
  out.units_ = units_ / step;
  out.scale_ = places;
  if (rest >= step - step / 2) ++out.units_;
  if (rest <= -(step - step / 2)) --out.units_;
  return out;
}

// The sum of a range; `amount` takes an element to its Decimal.
template <class Range, class Amount>
[[nodiscard]] constexpr Decimal sum(const Range& range, Amount amount) {
  Decimal total;
  for (const auto& element : range) total += amount(element);
  return total;
}
template <class Range>
[[nodiscard]] constexpr Decimal sum(const Range& range) {
  Decimal total;
  for (const auto& element : range) total += element;
  return total;
}

}  // namespace tomada::sdk
