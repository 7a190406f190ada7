#pragma once
// Filters: reading the request's tags.
#include "day.hpp"
#include "reply.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace omie_simulator {

inline json::string_view json_key(std::string_view name) { return {name.data(), name.size()}; }

inline std::string text_of(const json::object& from, std::string_view name) {
  const json::value* found = from.if_contains(json_key(name));
  return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}
inline std::optional<std::int64_t> number_of(const json::object& from, std::string_view name) {  // 0 means: not asked
  const json::value* found = from.if_contains(json_key(name));
  if (!found || !found->is_int64() || found->get_int64() == 0) return std::nullopt;
  return found->get_int64();
}
inline bool is_true(const json::object& from, std::string_view name) {
  const json::value* found = from.if_contains(json_key(name));
  return found && found->is_bool() && found->get_bool();
}
inline std::string digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
  return out;
}
inline bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

// Whether a day lies between the tags `from` and `to`; an empty tag is no bound.
inline bool is_between(std::optional<Day> day, const json::object& parameters, std::string_view from,
                       std::string_view to) {
  const auto first = read_day(text_of(parameters, from)), last = read_day(text_of(parameters, to));
  if (!first && !last) return true;
  return day && (!first || *day >= *first) && (!last || *day <= *last);
}

// filtrar_por_data_de/ate: the last change, or with filtrar_apenas_inclusao the creation.
inline bool is_changed_between(Day created, Day changed, const json::object& parameters) {
  const bool is_creation = text_of(parameters, "filtrar_apenas_inclusao") == "S";
  return is_between(is_creation ? created : changed, parameters, "filtrar_por_data_de", "filtrar_por_data_ate");
}

// What was not made through the API: everything here.
inline bool is_only_api(const json::object& parameters) { return text_of(parameters, "apenas_importado_api") == "S"; }

inline json::object stamp(Day created, Day changed) {
  return {{"cImpAPI", "N"},     {"dAlt", text(changed)}, {"dInc", text(created)}, {"hAlt", "08:11:04"},
          {"hInc", "15:07:00"}, {"uAlt", "P000100001"},  {"uInc", "P000100001"}};
}

// The items that `keep` says yes to.
template <class Item, class Keep>
std::vector<const Item*> filter(const std::vector<Item>& items, Keep keep) {
  std::vector<const Item*> out;
  for (const Item& item : items)
    if (keep(item)) out.push_back(&item);
  return out;
}

}  // namespace omie_simulator
