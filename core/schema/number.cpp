#include "core/schema/number.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace tomada::schema {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr double two_to_63 = 9223372036854775808.0;

// digits * 10^exponent, digits without trailing zeros; the sign does not matter to divisibility.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
};

Decimal normalised(Decimal in) noexcept {
  for (; in.digits != 0 && in.digits % 10 == 0; in.digits /= 10) ++in.exponent;
  return in;
}

// The shortest text that reads back as the same double is what its author wrote.
Decimal decimal_of(double number) noexcept {
  std::array<char, 40> text;
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), std::fabs(number), std::chars_format::scientific);
  Decimal out;
  bool is_fraction = false;
  const char* at = text.data();
  for (; at != written.ptr && *at != 'e'; ++at) {
    if (*at == '.') {
      is_fraction = true;
      continue;
    }
    out.digits = out.digits * 10 + static_cast<std::uint64_t>(*at - '0');
    out.exponent -= is_fraction ? 1 : 0;
  }
  int power = 0;
  if (at != written.ptr) std::from_chars(at + (at[1] == '+' ? 2 : 1), written.ptr, power);
  out.exponent += power;
  return normalised(out);
}

Decimal decimal_of(const json::value& value) noexcept {
  if (const auto* number = value.if_double()) return decimal_of(*number);
  if (const auto* number = value.if_uint64()) return normalised({*number, 0});
  const std::int64_t number = value.get_int64();
  const auto bits = static_cast<std::uint64_t>(number);
  return normalised({number < 0 ? ~bits + 1 : bits, 0});
}

std::uint64_t power_of_ten(int exponent, std::uint64_t modulus) noexcept {
  Wide out = 1 % modulus;
  for (int i = 0; i < exponent; ++i) out = out * 10 % modulus;
  return static_cast<std::uint64_t>(out);
}

std::strong_ordering order(double a, double b) noexcept {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order(std::int64_t a, double b) noexcept {
  if (b >= two_to_63) return std::strong_ordering::less;
  if (b < -two_to_63) return std::strong_ordering::greater;
  const double whole = std::trunc(b);
  const auto rounded = static_cast<std::int64_t>(whole);
  return a != rounded ? a <=> rounded : order(whole, b);
}

std::strong_ordering order(std::uint64_t a, double b) noexcept {
  if (b >= 2 * two_to_63) return std::strong_ordering::less;
  if (b < 0) return std::strong_ordering::greater;
  const double whole = std::trunc(b);
  const auto rounded = static_cast<std::uint64_t>(whole);
  return a != rounded ? a <=> rounded : order(whole, b);
}

std::strong_ordering order(std::int64_t a, std::uint64_t b) noexcept {
  return a < 0 ? std::strong_ordering::less : static_cast<std::uint64_t>(a) <=> b;
}

std::strong_ordering order(std::int64_t a, const json::value& b) noexcept {
  if (const auto* number = b.if_int64()) return a <=> *number;
  if (const auto* number = b.if_uint64()) return order(a, *number);
  return order(a, b.get_double());
}

std::strong_ordering order(std::uint64_t a, const json::value& b) noexcept {
  if (const auto* number = b.if_int64()) return 0 <=> order(*number, a);
  if (const auto* number = b.if_uint64()) return a <=> *number;
  return order(a, b.get_double());
}

std::strong_ordering order(double a, const json::value& b) noexcept {
  if (const auto* number = b.if_int64()) return 0 <=> order(*number, a);
  if (const auto* number = b.if_uint64()) return 0 <=> order(*number, a);
  return order(a, b.get_double());
}

}  // namespace

bool is_number(const json::value& value) noexcept { return value.is_int64() || value.is_uint64() || value.is_double(); }

bool is_integer(const json::value& value) noexcept {
  const auto* number = value.if_double();
  return number ? std::trunc(*number) == *number : value.is_int64() || value.is_uint64();
}

std::strong_ordering compare(const json::value& a, const json::value& b) noexcept {
  if (const auto* number = a.if_int64()) return order(*number, b);
  if (const auto* number = a.if_uint64()) return order(*number, b);
  return order(a.get_double(), b);
}

bool is_multiple(const json::value& number, const json::value& divisor) noexcept {
  const Decimal of = decimal_of(number);
  const Decimal by = decimal_of(divisor);
  if (of.digits == 0) return true;
  const int shift = of.exponent - by.exponent;
  if (shift < 0 || by.digits == 0) return false;  // of.digits would need a factor of ten, which was taken out
  return static_cast<Wide>(of.digits) * power_of_ten(shift, by.digits) % by.digits == 0;
}

}  // namespace tomada::schema
