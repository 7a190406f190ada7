#include "core/plugin/prompt_definition.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/plugin/definition.hpp"

#include <utility>

namespace tomada::plugin {
namespace {

json::object input_schema(const json::object& definition) {
  json::object properties;
  json::array required;
  const auto* arguments = definition.if_contains("arguments");
  if (arguments) {
    for (const auto& argument : arguments->get_array()) {
      const auto& one = argument.get_object();
      properties[one.at("name").get_string()] = json::object{{"type", "string"}};
      const auto* must = json::find(one, "required");
      if (must && must->get_bool()) required.push_back(one.at("name"));
    }
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", json::object{{"type", "string"}}}};
}

std::string prompt_listing(std::string_view name, const json::object& definition) {
  json::object out{{"name", json::key(name)}};
  for (const auto& [key, value] : definition) out[key] = value;
  return json::text(out);
}

}  // namespace

Result<PromptDefinition> read_prompt_definition(const tomada_prompt& prompt, std::string_view prefix,
                                                std::string_view language, const schema::Schema& rules) {
  const auto name = text::concat({prefix, prompt.name});
  const Subject of{"prompt", name};
  if (const auto checked = check_name(of); !checked) return checked.error();
  const auto read = read_checked(of, prompt.definition, language, rules);
  if (!read) return read.error();
  const auto& object = *read;
  auto input = schema::Schema::compile(input_schema(object));
  if (!input) return definition_error(of, "its arguments make no JSON Schema: " + input.error().text());
  registry::PromptDescription out;
  out.kind = registry::TargetKind::prompt;
  out.name = name;
  out.title = text_of(object, "title");
  out.description = text_of(object, "description");
  out.annotations = registry::reading_only;
  out.is_serial = prompt.flags & TOMADA_TOOL_SERIAL;
  out.runs_inline = prompt.flags & TOMADA_TOOL_INLINE;
  out.listing = prompt_listing(name, object);
  return PromptDefinition{std::move(out), std::move(*input)};
}

}  // namespace tomada::plugin
