#include "tryton/row.hpp"

#include "folding.hpp"
#include "places.hpp"

namespace tomada::erp::tryton {
namespace {

constexpr int money_places = 2;
constexpr std::size_t longest_shown = 40;

std::string_view view(const sdk::json::string& text) { return {text.data(), text.size()}; }

FieldError unreadable(std::string_view name, const char* expected, const sdk::json::value& found) {
  auto shown = sdk::write(found);
  if (shown.size() > longest_shown) shown = "a text of " + std::to_string(shown.size()) + " bytes";
  return FieldError{name, std::string{"is no "} + expected + ": " + shown};
}

// {"__class__": "Decimal", …}
const sdk::json::object* of_class(const sdk::json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  const auto* kind = object ? object->if_contains("__class__") : nullptr;
  const auto* text = kind ? kind->if_string() : nullptr;
  return text && view(*text) == name ? object : nullptr;
}

std::optional<std::int64_t> member(const sdk::json::object& of, const char* name) {
  const auto* value = of.if_contains(name);
  const auto* number = value ? value->if_int64() : nullptr;
  return number ? std::optional{*number} : std::nullopt;
}

std::optional<Date> read_day(const sdk::json::object& from) {
  const auto year = member(from, "year"), month = member(from, "month"), day = member(from, "day");
  if (!year || !month || !day || *year < 1 || *year > 9999 || *month < 1 || *day < 1) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year{static_cast<int>(*year)},
                                          std::chrono::month{static_cast<unsigned>(*month)},
                                          std::chrono::day{static_cast<unsigned>(*day)}};
  return civil.ok() ? std::optional{Date{std::chrono::sys_days{civil}}} : std::nullopt;
}

}  // namespace

const sdk::json::value* Row::find(std::string_view name) const {
  const auto* found = from_->if_contains(sdk::json::string_view{name.data(), name.size()});
  return found && !found->is_null() ? found : nullptr;
}

std::int64_t Row::id(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return 0;
  if (!found->is_int64()) throw unreadable(name, "id", *found);
  return found->get_int64();
}

std::string Row::text(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return {};
  if (!found->is_string()) throw unreadable(name, "text", *found);
  return std::string{trimmed(view(found->get_string()))};
}

bool Row::flag(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return false;
  if (found->is_bool()) return found->get_bool();
  if (!found->is_int64()) throw unreadable(name, "boolean", *found);
  return found->get_int64() != 0;
}

std::optional<Date> Row::date(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return std::nullopt;
  const auto* object = of_class(*found, "date");
  if (!object) object = of_class(*found, "datetime");
  const auto day = object ? read_day(*object) : std::nullopt;
  if (!day) throw unreadable(name, "date", *found);
  return day;
}

// Numeric fields come as Decimals, floating ones as numbers, of which read_exact keeps the digits.
sdk::Decimal Row::number(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return {};
  if (found->is_int64()) return sdk::Decimal{found->get_int64()};
  const auto* decimal = of_class(*found, "Decimal");
  const auto* digits = decimal ? decimal->if_contains("decimal") : found;
  const auto* text = digits ? digits->if_string() : nullptr;
  const auto number = text ? sdk::Decimal::read_number(view(*text)) : std::nullopt;
  if (!number) throw unreadable(name, "decimal number", *found);
  return *number;
}

sdk::Decimal Row::money(std::string_view name) const { return with_places(number(name), money_places); }
sdk::Decimal Row::quantity(std::string_view name) const { return with_places(number(name), 0); }

const sdk::json::array& Row::list(std::string_view name) const {
  static const sdk::json::array none;
  const auto* found = find(name);
  if (!found) return none;
  if (!found->is_array()) throw unreadable(name, "list", *found);
  return found->get_array();
}

std::vector<std::int64_t> Row::ids(std::string_view name) const {
  std::vector<std::int64_t> out;
  for (const auto& each : list(name)) {
    if (!each.is_int64()) throw unreadable(name, "list of ids", *find(name));
    out.push_back(each.get_int64());
  }
  return out;
}

Row Row::part(std::string_view name) const {
  static const sdk::json::object none;
  const auto* found = find(name);
  if (!found) return Row{none};
  if (!found->is_object()) throw unreadable(name, "record", *found);
  return Row{found->get_object()};
}

std::vector<Row> Row::parts(std::string_view name) const {
  std::vector<Row> out;
  for (const auto& each : list(name)) {
    if (!each.is_object()) throw unreadable(name, "list of records", *find(name));
    out.emplace_back(each.get_object());
  }
  return out;
}

sdk::Decimal Row::required_money(std::string_view name) const {
  if (!find(name)) throw FieldError{name, "is missing"};
  return money(name);
}

Date Row::required_date(std::string_view name) const {
  if (const auto found = date(name)) return *found;
  throw FieldError{name, "is missing"};
}

}  // namespace tomada::erp::tryton
