#include "core/plugin/definition.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/plugin/header_rules.hpp"
#include "core/plugin/manifest.hpp"

#include <algorithm>
#include <utility>

namespace tomada::plugin {
namespace {

constexpr std::size_t longest_name = 128;

bool is_name_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

bool is_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_language(const json::object::value_type& member) {
  return (member.key() == "en" || member.key() == "pt-BR") && member.value().is_string();
}

// {"en": …} is no schema, so a property that is called "title" is not taken for a text.
bool is_languages(const json::value& value) {
  const auto* object = value.if_object();
  return object && !object->empty() && std::all_of(object->begin(), object->end(), is_language);
}

json::string in_language(const json::object& texts, std::string_view language) {
  if (const auto* text = json::find_string(texts, language)) return *text;
  if (const auto* text = json::find_string(texts, "en")) return *text;
  return texts.begin()->value().get_string();
}

Milliseconds milliseconds(const json::object& from, std::string_view name) {
  const auto* found = json::find(from, name);
  return Milliseconds{found && found->is_int64() ? found->get_int64() : 0};
}

std::vector<std::string> texts(const json::object& from, std::string_view name) {
  std::vector<std::string> out;
  const auto* found = json::find(from, name);
  if (!found || !found->is_array()) return out;
  for (const auto& text : found->get_array()) out.emplace_back(json::view(text.as_string()));  // the rules say so
  return out;
}

registry::CachePolicy cache_policy(const json::object& from) {
  registry::CachePolicy out;
  out.time_to_live = milliseconds(from, "ttl_ms");
  out.stale_while_revalidate = milliseconds(from, "stale_while_revalidate_ms");
  out.stale_if_error = milliseconds(from, "stale_if_error_ms");
  const auto* shared = json::find(from, "shared_by_roles");
  out.is_shared_by_roles = shared && shared->is_bool() && shared->get_bool();
  out.tags = texts(from, "tags");
  return out;
}

registry::TaskPolicy task_policy(const json::object& from) {
  registry::TaskPolicy out;
  const auto* required = json::find(from, "required");
  out.is_required = required && required->is_bool() && required->get_bool();
  if (const auto limit = milliseconds(from, "time_limit_ms"); limit.count() > 0) out.time_limit = limit;
  return out;
}

registry::Annotations annotations(std::uint32_t flags) {
  registry::Annotations out;
  out.is_read_only = flags & TOMADA_TOOL_READ_ONLY;
  out.is_destructive = flags & TOMADA_TOOL_DESTRUCTIVE;
  out.is_idempotent = flags & TOMADA_TOOL_IDEMPOTENT;
  out.is_open_world = flags & TOMADA_TOOL_OPEN_WORLD;
  return out;
}

registry::ToolDescription describe(std::string name, const json::object& from, std::uint32_t flags) {
  registry::ToolDescription out;
  out.name = std::move(name);
  out.title = text_of(from, "title");
  out.description = text_of(from, "description");
  out.input_schema = json::text(*json::find(from, "input"));
  if (const auto* output = json::find(from, "output")) out.output_schema = json::text(*output);
  if (const auto* meta = json::find(from, "_meta")) out.meta = json::text(*meta);
  out.annotations = annotations(flags);
  out.is_serial = flags & TOMADA_TOOL_SERIAL;
  out.runs_inline = flags & TOMADA_TOOL_INLINE;
  if (const auto* cache = json::find_object(from, "cache")) out.cache = cache_policy(*cache);
  if (const auto* task = json::find_object(from, "task")) out.task = task_policy(*task);
  out.dirties = texts(from, "dirties");
  return out;
}

}  // namespace

Error definition_error(Subject of, std::string_view message, std::string hint) {
  if (hint.empty()) hint = text::concat({"mend the ", of.kind, "'s definition"});
  return failure(ErrorCode::tool, text::concat({of.kind, " \"", of.name, "\": ", message}), {}, std::move(hint));
}

std::string text_of(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? std::string{json::view(*found)} : std::string{};
}

Result<json::object> read_checked(Subject of, const char* definition, std::string_view language,
                                  const schema::Schema& rules) {
  auto value = json::read(definition);
  if (!value) return definition_error(of, "its definition is not JSON: " + value.error().text());
  if (!rules.accepts(*value)) {
    return definition_error(of, "its definition is wrong: " + summary(rules.violations(*value, 3)),
                            text::concat({"mend it as schemas/manifest/", of.kind, ".json has it"}));
  }
  localise(*value, language);
  return std::move(value->get_object());
}

Result<void> check_name(Subject of) {
  if (is_name(of.name)) return {};
  return definition_error(of, text::concat({"a ", of.kind, "'s name is 1 to 128 of A-Z a-z 0-9 _ . -"}),
                          "rename it, or change the prefix");
}

void localise(json::value& value, std::string_view language) {
  if (auto* array = value.if_array()) {
    for (auto& element : *array) localise(element, language);
  }
  auto* object = value.if_object();
  if (!object) return;
  for (auto& member : *object) {
    const bool is_text = member.key() == "title" || member.key() == "description";
    if (is_text && is_languages(member.value())) {
      member.value() = in_language(member.value().get_object(), language);
    } else {
      localise(member.value(), language);
    }
  }
}

Result<Definition> read_definition(const tomada_tool& tool, std::string_view prefix, std::string_view language,
                                   const schema::Schema& rules) {
  const auto name = text::concat({prefix, tool.name});
  const Subject of{"tool", name};
  if (const auto checked = check_name(of); !checked) return checked.error();
  const auto read = read_checked({"tool", tool.name}, tool.definition, language, rules);
  if (!read) return read.error();
  const auto& object = *read;
  const auto* input = json::find(object, "input");
  if (const auto headers = check_headers(*input); !headers) return definition_error(of, headers.error().text());
  auto input_schema = schema::Schema::compile(*input);
  if (!input_schema) {
    return definition_error(of, "its input is no valid JSON Schema: " + input_schema.error().text());
  }
  Definition out{describe(name, object, tool.flags), std::move(*input_schema), std::nullopt};
  if (const auto* output = json::find(object, "output")) {
    auto compiled = schema::Schema::compile(*output);
    if (!compiled) return definition_error(of, "its output is no valid JSON Schema: " + compiled.error().text());
    out.output = std::move(*compiled);
  }
  return out;
}

}  // namespace tomada::plugin
