#pragma once
// The JSON vocabulary of the project: Boost.JSON's values under our name.
#include <boost/json.hpp>

#include <string_view>

namespace tomada::json {

using boost::json::array;
using boost::json::object;
using boost::json::storage_ptr;
using boost::json::string;
using boost::json::value;
using boost::json::value_to;

// Boost.JSON's string_view is Boost's own in 1.81; these lines are the border. Without the second an object's key would
// become a string that is gone before its view is used.
[[nodiscard]] inline std::string_view view(const string& text) noexcept { return {text.data(), text.size()}; }
[[nodiscard]] inline std::string_view view(boost::json::string_view text) noexcept {
  return {text.data(), text.size()};
}
[[nodiscard]] inline boost::json::string_view key(std::string_view text) noexcept { return {text.data(), text.size()}; }

[[nodiscard]] inline const value* find(const object& from, std::string_view name) noexcept {
  return from.if_contains(key(name));
}
[[nodiscard]] inline const object* find_object(const object& from, std::string_view name) noexcept {
  const value* found = find(from, name);
  return found ? found->if_object() : nullptr;
}
[[nodiscard]] inline const string* find_string(const object& from, std::string_view name) noexcept {
  const value* found = find(from, name);
  return found ? found->if_string() : nullptr;
}

}  // namespace tomada::json
