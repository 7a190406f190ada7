// MCP 2026-07-28: an annotated property is a string, an integer or a boolean, its header name is an RFC 9110 token,
// unique without regard to case, and the property is reached from the root through "properties" only.
#include "core/plugin/header_rules.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::plugin {
namespace {

constexpr std::string_view annotation = "x-mcp-header";
constexpr std::array<std::string_view, 5> values{"const", "enum", "default", "examples", annotation};  // hold no schema

struct Walk {
  std::vector<std::string> names;  // seen, for uniqueness
  Error fault;                     // the first; an empty message: none yet
};

bool is_token_character(char c) {
  const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_alphanumeric || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

std::string complaint(const json::object& schema, const json::value& name, bool is_reachable, Walk& walk) {
  const auto* text = name.if_string();
  if (!text || text->empty() || !std::all_of(text->begin(), text->end(), is_token_character)) {
    return "is no HTTP header name";
  }
  if (!is_reachable) return "stands where only \"properties\" may lead";
  const auto* type = json::find_string(schema, "type");
  if (!type || (*type != "string" && *type != "integer" && *type != "boolean")) {
    return "needs a property of type string, integer or boolean";
  }
  const auto same = [text](const std::string& other) { return text::equals_ignoring_case(other, json::view(*text)); };
  if (std::any_of(walk.names.begin(), walk.names.end(), same)) return "is used twice";
  walk.names.emplace_back(json::view(*text));
  return {};
}

void visit(const json::value& value, const std::string& path, bool is_reachable, Walk& walk);

void visit_members(const json::object& object, const std::string& path, bool is_reachable, Walk& walk) {
  for (const auto& member : object) visit(member.value(), path + "/" + std::string{member.key()}, is_reachable, walk);
}

// `is_reachable`: this schema is the root or a property reached from it through "properties" alone.
void visit(const json::value& value, const std::string& path, bool is_reachable, Walk& walk) {
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) visit(element, path, false, walk);
  }
  const auto* schema = value.if_object();
  if (!schema || !walk.fault.message.empty()) return;
  if (const auto* name = json::find(*schema, annotation)) {
    const auto problem = complaint(*schema, *name, is_reachable && !path.empty(), walk);
    if (!problem.empty()) walk.fault = failure(ErrorCode::invalid_argument, "\"x-mcp-header\" " + problem, path);
  }
  for (const auto& member : *schema) {
    const std::string_view keyword{member.key().data(), member.key().size()};
    const auto below = text::concat({path, "/", keyword});
    if (std::find(values.begin(), values.end(), keyword) != values.end()) continue;
    const bool maps_names = keyword == "properties" || keyword == "patternProperties" || keyword == "$defs" ||
                            keyword == "definitions" || keyword == "dependentSchemas";
    if (maps_names && member.value().is_object()) {
      visit_members(member.value().get_object(), below, is_reachable && keyword == "properties", walk);
    } else {
      visit(member.value(), below, false, walk);
    }
  }
}

}  // namespace

Result<void> check_headers(const json::value& input_schema) {
  Walk walk;
  visit(input_schema, {}, true, walk);
  if (!walk.fault.message.empty()) return walk.fault;
  return {};
}

}  // namespace tomada::plugin
