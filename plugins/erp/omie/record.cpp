#include "omie/record.hpp"

#include <algorithm>
#include <utility>

namespace tomada::erp::omie {
namespace {

constexpr int money_places = 2;

std::string_view view(const sdk::json::string& text) { return {text.data(), text.size()}; }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
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

sdk::Decimal Record::number(std::string_view name) const {
  const auto* found = find(name);
  if (found && found->is_int64()) return sdk::Decimal{found->get_int64()};
  if (!found || !found->is_string()) return {};
  return sdk::Decimal::read_number(trimmed(view(found->get_string()))).value_or(sdk::Decimal{});
}

sdk::Decimal Record::money(std::string_view name) const {
  const auto out = number(name);
  return out.scale() < money_places ? out.rounded(money_places) : out;
}

std::optional<Date> Record::date(std::string_view name) const { return Date::read_brazilian(text(name)); }

bool Record::is_yes(std::string_view name) const { return text(name) == "S"; }

const sdk::json::array* Record::list(std::string_view name) const {
  const auto* found = find(name);
  return found ? found->if_array() : nullptr;
}

}  // namespace tomada::erp::omie
