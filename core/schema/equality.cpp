#include "core/schema/equality.hpp"

#include "core/schema/number.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace tomada::schema {
namespace {

using Repetition = std::optional<std::pair<std::size_t, std::size_t>>;

constexpr std::size_t pairwise_limit = 24;

bool are_equal_objects(const json::object& a, const json::object& b) noexcept {
  if (a.size() != b.size()) return false;
  return std::all_of(a.begin(), a.end(), [&b](const auto& member) {
    const auto* other = b.if_contains(member.key());
    return other && are_equal(member.value(), *other);
  });
}

bool are_equal_arrays(const json::array& a, const json::array& b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), are_equal);
}

std::size_t hash_of_text(std::string_view text) noexcept { return std::hash<std::string_view>{}(text); }

// Equal values hash alike: numbers through double, members without regard to order.
std::size_t hash_of(const json::value& value) noexcept {
  if (is_number(value)) return std::hash<double>{}(value.to_number<double>() + 0.0);
  if (const auto* text = value.if_string()) return hash_of_text(json::view(*text));
  if (const auto* flag = value.if_bool()) return *flag ? 3 : 5;
  std::size_t out = 7;
  if (const auto* list = value.if_array()) {
    for (const auto& element : *list) out = out * 1099511628211u + hash_of(element);
  } else if (const auto* nested = value.if_object()) {
    for (const auto& member : *nested) {
      out += hash_of_text({member.key().data(), member.key().size()}) * 31 ^ hash_of(member.value());
    }
  }
  return out;
}

Repetition repetition_among_few(const json::array& elements) noexcept {
  for (std::size_t b = 1; b < elements.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      if (are_equal(elements[a], elements[b])) return std::pair{a, b};
    }
  }
  return std::nullopt;
}

}  // namespace

bool are_equal(const json::value& a, const json::value& b) noexcept {
  if (is_number(a)) return is_number(b) && compare(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  if (const auto* text = a.if_string()) return *text == b.get_string();
  if (const auto* flag = a.if_bool()) return *flag == b.get_bool();
  if (const auto* list = a.if_array()) return are_equal_arrays(*list, b.get_array());
  if (const auto* nested = a.if_object()) return are_equal_objects(*nested, b.get_object());
  return true;  // both null
}

Repetition first_repetition(const json::array& elements) {
  if (elements.size() <= pairwise_limit) return repetition_among_few(elements);
  std::vector<std::pair<std::size_t, std::size_t>> order;  // hash, position
  order.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) order.emplace_back(hash_of(elements[i]), i);
  std::sort(order.begin(), order.end());
  for (std::size_t b = 1; b < order.size(); ++b) {
    for (std::size_t a = b; a-- > 0 && order[a].first == order[b].first;) {
      if (are_equal(elements[order[a].second], elements[order[b].second])) {
        return std::pair{order[a].second, order[b].second};
      }
    }
  }
  return std::nullopt;
}

}  // namespace tomada::schema
