#include "core/plugin/rules.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "schemas/embedded.hpp"

#include <stdexcept>
#include <utility>

namespace tomada::plugin {
namespace {

schema::Schema compiled(const json::value& definition, std::string_view path) {
  auto out = schema::Schema::compile(definition);
  if (!out) throw std::logic_error(text::concat({"schemas/", path, ": ", out.error().text()}));
  return std::move(*out);
}

schema::Schema embedded_schema(std::string_view path) {
  const auto definition = json::read(schemas::embedded(path));
  if (!definition) throw std::logic_error(text::concat({"schemas/", path, " is no JSON: ", definition.error().text()}));
  return compiled(*definition, path);
}

}  // namespace

Rules::Rules()
    : manifest{embedded_schema("manifest/plugin.json")},
      tool{embedded_schema("manifest/tool.json")},
      prompt{embedded_schema("manifest/prompt.json")},
      resource{embedded_schema("manifest/resource.json")},
      prompt_answer{embedded_schema("manifest/prompt_answer.json")},
      resource_answer{embedded_schema("manifest/resource_answer.json")},
      completion{embedded_schema("manifest/completion_answer.json")},
      anything{compiled(true, "anything")} {}

}  // namespace tomada::plugin
