#pragma once
// Definition: what a plugin says of one tool, checked and in the server's language.
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/registry/tool.hpp"
#include "core/schema/schema.hpp"
#include <tomada/plugin.h>

#include <optional>
#include <string>
#include <string_view>

namespace tomada::plugin {

struct Definition {
  registry::ToolDescription description;  // plugin, version and account are left to the instance
  schema::Schema input;
  std::optional<schema::Schema> output;
};

[[nodiscard]] Result<Definition> read_definition(const tomada_tool& tool, std::string_view prefix,
                                                 std::string_view language, const schema::Schema& rules);
// Errors: tool; the message names the tool and the JSON pointer.

// What definitions of every kind share.
struct Subject {
  std::string_view kind, name;  // "tool", "erp_orders"
};
[[nodiscard]] Error definition_error(Subject of, std::string_view message, std::string hint = {});
[[nodiscard]] Result<void> check_name(Subject of);  // of a tool or prompt
[[nodiscard]] Result<json::object> read_checked(Subject of, const char* definition, std::string_view language,
                                                const schema::Schema& rules);
// JSON that keeps the rules (schemas/manifest/KIND.json), in the server's language.
[[nodiscard]] std::string text_of(const json::object& from, std::string_view name);  // empty: no text of that name

void localise(json::value& value, std::string_view language);
// Any "title" or "description" that is {"en": …, "pt-BR": …} becomes the one text, English when there is no other.

}  // namespace tomada::plugin
