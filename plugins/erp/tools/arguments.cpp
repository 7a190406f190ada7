#include "tools/arguments.hpp"

#include "folding.hpp"

namespace tomada::erp::tools {
std::string Arguments::text(const char* key) const {
  const auto* value = from_.if_contains(key);
  if (!value || !value->is_string()) return {};
  const std::string_view given{value->get_string().data(), value->get_string().size()};
  return std::string{trimmed(given)};
}

std::optional<bool> Arguments::flag(const char* key) const {
  const auto* value = from_.if_contains(key);
  return value && value->is_bool() ? std::optional{value->get_bool()} : std::nullopt;
}

std::int64_t Arguments::integer(const char* key, std::int64_t otherwise) const {
  const auto* value = from_.if_contains(key);
  return value && value->is_number() ? value->to_number<std::int64_t>() : otherwise;
}

std::optional<Date> Arguments::date(const char* key) const {
  const auto value = text(key);
  if (value.empty()) return std::nullopt;
  const auto date = Date::read_iso(value);
  if (!date)
    throw sdk::InvalidParams{std::string{key} + " \"" + value +
                             "\" is no day of the calendar; expected one like 2026-11-20"};
  return date;
}

std::optional<Date> Arguments::brazilian_date(const char* key) const {
  const auto value = text(key);
  if (value.empty()) return std::nullopt;
  const auto date = Date::read_brazilian(value);
  if (!date)
    throw sdk::InvalidParams{std::string{key} + " \"" + value +
                             "\" is no day of the calendar; expected one like 20/11/2026"};
  return date;
}

std::optional<Decimal> Arguments::amount(const char* key) const {
  if (!from_.contains(key)) return std::nullopt;
  const auto digits = given(key);
  const auto amount = Decimal::read_number(digits);
  constexpr std::int64_t most = 1'000'000'000'000;  // a trillion: beyond it, cents no longer fit beside sums
  if (!amount || amount->scale() > 6 || *amount > Decimal{most} || *amount < Decimal{-most})
    throw sdk::InvalidParams{std::string{key} + " " + digits +
                             " is no amount of money; expected one like 1234.56, below a trillion"};
  return amount;
}

void Arguments::refuse(const char* key, const std::string& value, std::span<const std::string_view> names) {
  std::string known;
  for (const auto name : names) known += (known.empty() ? "" : ", ") + std::string{name};
  throw sdk::InvalidParams{std::string{key} + " \"" + value + "\" is none of its values; expected one of " + known};
}

void Arguments::refuse_order(const char* first_key, const char* second_key) const {
  throw sdk::InvalidParams{std::string{first_key} + ' ' + given(first_key) + " is beyond " + second_key + ' ' +
                           given(second_key) + ", so nothing can match; expected them in order, or one left out"};
}

std::string Arguments::given(const char* key) const {
  const auto& value = from_.at(key);
  return value.is_string() ? text(key) : sdk::write(value);
}

}  // namespace tomada::erp::tools
