#pragma once
// What the alert engine says, cut to a page and put into the words of the tool's answer.
#include <tomada/plugin.hpp>

#include <string>
#include <string_view>

namespace tomada::alerts_plugin {

namespace json = boost::json;

[[nodiscard]] json::object request_for(std::string_view action, const json::object& arguments);
// The members that the engine wants for this action. Throws sdk::ToolError when one is missing or out of place.

[[nodiscard]] json::object list_facts(std::string_view action, const json::object& engine,
                                      const json::object& arguments);  // one page
[[nodiscard]] json::object change_facts(std::string_view action, const json::object& engine);
[[nodiscard]] std::string words(const json::object& facts);  // the same facts in short text

}  // namespace tomada::alerts_plugin
