#include "tools/arguments.hpp"

#include "folding.hpp"

namespace tomada::erp::tools {
namespace {

[[noreturn]] void refuse_order(const char* first, const std::string& value, const char* second,
                               const std::string& limit) {
  throw sdk::InvalidParams{std::string{first} + " " + value + " is beyond " + second + " " + limit +
                           ", so nothing can match; exchange them or leave one out"};
}

}  // namespace

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
    throw sdk::InvalidParams{std::string{key} + " \"" + value + "\" is no day of the calendar; write YYYY-MM-DD"};
  return date;
}

std::optional<Date> Arguments::brazilian_date(const char* key) const {
  const auto value = text(key);
  if (value.empty()) return std::nullopt;
  const auto date = Date::read_brazilian(value);
  if (!date)
    throw sdk::InvalidParams{std::string{key} + " \"" + value + "\" is no day of the calendar; write dd/mm/aaaa"};
  return date;
}

std::optional<Decimal> Arguments::amount(const char* key) const {
  const auto* value = from_.if_contains(key);
  if (!value) return std::nullopt;
  const auto digits = value->is_string() ? text(key) : sdk::write(*value);
  const auto amount = Decimal::read_number(digits);
  constexpr std::int64_t most = 1'000'000'000'000;  // a trillion: beyond it, cents no longer fit beside sums
  if (!amount || amount->scale() > 6 || *amount > Decimal{most} || *amount < Decimal{-most})
    throw sdk::InvalidParams{std::string{key} + " " + digits + " is no amount of money; write it like 1234.56"};
  return amount;
}

void Arguments::refuse(const char* key, const std::string& value) {
  throw sdk::InvalidParams{std::string{key} + " has no value \"" + value + "\"; see the tool's input schema"};
}

void check_order(const char* first_key, const std::optional<Date>& first, const char* second_key,
                 const std::optional<Date>& second) {
  if (first && second && *first > *second) refuse_order(first_key, first->iso(), second_key, second->iso());
}

void check_order(const char* first_key, const std::optional<Decimal>& first, const char* second_key,
                 const std::optional<Decimal>& second) {
  if (first && second && *first > *second) refuse_order(first_key, first->text(), second_key, second->text());
}

}  // namespace tomada::erp::tools
