#include "sql/row.hpp"

#include "folding.hpp"
#include "places.hpp"

#include <algorithm>

namespace tomada::erp::sql {
namespace {

constexpr int money_places = 2;
constexpr std::size_t longest_shown = 40;

std::string_view view(const sdk::json::string& text) { return {text.data(), text.size()}; }

std::string written(const sdk::json::value& value) {
  if (const auto* text = value.if_string()) return std::string{view(*text)};
  return sdk::write(value);
}

}  // namespace

const sdk::json::value* Row::find(std::string_view column) const {
  for (std::size_t i = 0; i < table_->columns.size() && i < cells_->size(); ++i) {
    if (table_->columns[i].name == column) return (*cells_)[i].is_null() ? nullptr : &(*cells_)[i];
  }
  return nullptr;
}

sdk::ToolError Row::unreadable(std::string_view column, std::string_view wanted) const {
  const auto* value = find(column);
  auto shown = value ? '"' + written(*value) + '"' : std::string{"NULL"};
  if (shown.size() > longest_shown) shown = "a text of " + std::to_string(shown.size()) + " bytes";
  const auto* id = find("id");
  return sdk::ToolError{"the query \"" + std::string{subject_} + "\": " + std::string{column} + " is " + shown +
                        (id ? " where id is " + written(*id) : std::string{}) + ", expected " + std::string{wanted} +
                        ". Mend the query in the plugin's section of the configuration, or the record."};
}

std::string Row::text(std::string_view column) const { return std::string{trimmed(raw_text(column))}; }

std::string Row::raw_text(std::string_view column) const {
  const auto* found = find(column);
  return found ? written(*found) : std::string{};
}

std::size_t Row::word(std::string_view column, std::span<const std::string_view> words) const {
  const auto found = std::ranges::find(words, text(column));
  if (found == words.end()) throw unreadable(column, "one of the words that the README names");
  return static_cast<std::size_t>(found - words.begin());
}

std::int64_t Row::count(std::string_view column) const {
  const auto* found = find(column);
  if (!found) return 0;
  if (found->is_bool()) return found->get_bool() ? 1 : 0;
  if (found->is_int64()) return found->get_int64();
  const auto number = sdk::Decimal::read(written(*found));  // sums of PostgreSQL are decimals
  if (!number || number->scale() != 0) throw unreadable(column, "a whole number");
  return number->units();
}

std::optional<Date> Row::optional_date(std::string_view column) const {
  const auto* found = find(column);
  if (!found || (found->is_string() && found->get_string().empty())) return std::nullopt;
  const auto day = found->is_string() ? Date::read_iso(view(found->get_string()).substr(0, 10)) : std::nullopt;
  if (!day) throw unreadable(column, "a date as 2026-11-20");
  return day;
}

Date Row::date(std::string_view column) const {
  if (const auto day = optional_date(column)) return *day;
  throw unreadable(column, "a date as 2026-11-20");
}

sdk::Decimal Row::money(std::string_view column) const {
  const auto* found = find(column);
  if (found && found->is_int64() && dialect_ == Dialect::sqlite)
    return sdk::Decimal::from_units(found->get_int64(), money_places);
  const auto amount = found ? sdk::Decimal::read_number(written(*found)) : std::nullopt;
  if (!amount) throw unreadable(column, "an amount");
  return with_places(*amount, money_places);
}

sdk::Decimal Row::number(std::string_view column) const {
  const auto* found = find(column);
  if (!found) return {};
  const auto number = sdk::Decimal::read_number(written(*found));
  if (!number) throw unreadable(column, "a number");
  return with_places(*number, 0);
}

}  // namespace tomada::erp::sql
