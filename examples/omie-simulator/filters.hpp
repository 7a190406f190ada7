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

// The days between two tags; an empty tag is no bound. Read once, asked of every record.
struct DayRange {
  std::optional<Day> first, last;

  DayRange(const json::object& parameters, std::string_view from, std::string_view to)
      : first{read_day(text_of(parameters, from))}, last{read_day(text_of(parameters, to))} {}
  [[nodiscard]] bool has(std::optional<Day> day) const {
    return (!first && !last) || (day && (!first || *day >= *first) && (!last || *day <= *last));
  }
};

// filtrar_por_data_de/ate with filtrar_por_hora_de/ate: when it was last changed, which of what is new is when it was
// created; with filtrar_apenas_inclusao when it was created.
struct ChangeRange {
  std::optional<Moment> first, last;
  bool is_of_creation = false;

  explicit ChangeRange(const json::object& parameters)
      : is_of_creation{text_of(parameters, "filtrar_apenas_inclusao") == "S"} {
    const DayRange days{parameters, "filtrar_por_data_de", "filtrar_por_data_ate"};
    const auto from = read_time(text_of(parameters, "filtrar_por_hora_de"));
    const auto to = read_time(text_of(parameters, "filtrar_por_hora_ate"));
    constexpr std::chrono::seconds whole_day = std::chrono::days{1} - std::chrono::seconds{1};
    if (days.first) first = Moment{*days.first} + from.value_or(std::chrono::seconds{0});
    if (days.last) last = Moment{*days.last} + to.value_or(whole_day);
  }
  [[nodiscard]] bool has(Moment created, Moment changed) const {
    const Moment moment = is_of_creation ? created : changed;
    return (!first || moment >= *first) && (!last || moment <= *last);
  }
};

// What was not made through the API: everything here.
inline bool is_only_api(const json::object& parameters) { return text_of(parameters, "apenas_importado_api") == "S"; }

inline json::object stamp(Moment created, Moment changed) {
  return {{"cImpAPI", "N"},
          {"dAlt", text(day_of(changed))},
          {"dInc", text(day_of(created))},
          {"hAlt", time_text(changed)},
          {"hInc", time_text(created)},
          {"uAlt", "P000100001"},
          {"uInc", "P000100001"}};
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
