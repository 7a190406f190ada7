#include "omie/record.hpp"

#include <algorithm>
#include <utility>

namespace tomada::erp::omie {
namespace {

constexpr int money_places = 2;
constexpr std::size_t longest_shown = 40;

std::string_view view(const sdk::json::string& text) { return {text.data(), text.size()}; }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

sdk::Decimal with_cents(sdk::Decimal number) {
  return number.scale() < money_places ? number.rounded(money_places) : number;
}

std::string shown(const sdk::json::value& value) {
  auto out = sdk::write(value);
  if (out.size() <= longest_shown) return out;
  const auto is_inside_character = [&out](std::size_t at) {
    return (static_cast<unsigned char>(out[at]) & 0xC0u) == 0x80u;
  };
  auto end = longest_shown;
  while (end > 0 && is_inside_character(end)) --end;
  return out.substr(0, end) + "…";
}

}  // namespace

std::string read_entities(std::string_view text) {
  static constexpr std::pair<std::string_view, char> entities[] = {{"&quot;", '"'}, {"&amp;", '&'},  {"&lt;", '<'},
                                                                   {"&gt;", '>'},   {"&#39;", '\''}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto found =
        std::ranges::find_if(entities, [text](const auto& each) { return text.starts_with(each.first); });
    const bool is_entity = found != std::end(entities);
    out += is_entity ? found->second : text.front();
    text.remove_prefix(is_entity ? found->first.size() : 1);
  }
  return out;
}

const sdk::json::value* Record::find(std::string_view name) const {
  return from_->if_contains(sdk::json::string_view{name.data(), name.size()});
}

Record Record::part(std::string_view name) const {
  static const sdk::json::object none;
  const auto* found = find(name);
  return Record{found && found->is_object() ? found->get_object() : none};
}

std::string Record::text(std::string_view name) const {
  const auto* found = find(name);
  if (!found) return {};
  if (found->is_string()) return read_entities(trimmed(view(found->get_string())));
  return found->is_int64() ? std::to_string(found->get_int64()) : std::string{};
}

std::string Record::id(std::string_view name) const {
  auto digits = text(name);
  return digits == "0" ? std::string{} : digits;
}

bool Record::is_absent(std::string_view name) const {
  const auto* found = find(name);
  return !found || found->is_null() || (found->is_string() && trimmed(view(found->get_string())).empty());
}

std::optional<sdk::Decimal> Record::find_number(std::string_view name) const {
  const auto* found = find(name);
  if (found && found->is_int64()) return sdk::Decimal{found->get_int64()};
  if (!found || !found->is_string()) return std::nullopt;
  return sdk::Decimal::read_number(trimmed(view(found->get_string())));
}

sdk::Decimal Record::number(std::string_view name) const {
  return is_absent(name) ? sdk::Decimal{} : required_number(name);
}

sdk::Decimal Record::money(std::string_view name) const { return with_cents(number(name)); }

std::optional<Date> Record::date(std::string_view name) const { return Date::read_brazilian(text(name)); }

sdk::Decimal Record::required_number(std::string_view name) const {
  if (is_absent(name)) throw FieldError{name, "is missing"};
  if (const auto number = find_number(name)) return *number;
  throw FieldError{name, "is no number: " + shown(*find(name))};
}

sdk::Decimal Record::required_money(std::string_view name) const { return with_cents(required_number(name)); }

Date Record::required_date(std::string_view name) const {
  if (is_absent(name)) throw FieldError{name, "is missing"};
  if (const auto found = date(name)) return *found;
  throw FieldError{name, "is no date: " + shown(*find(name))};
}

bool Record::is_yes(std::string_view name) const { return text(name) == "S"; }

const sdk::json::array* Record::list(std::string_view name) const {
  const auto* found = find(name);
  return found ? found->if_array() : nullptr;
}

}  // namespace tomada::erp::omie
