#include "core/dispatch/stages/validate.hpp"

#include "core/base/text.hpp"
#include "core/registry/tool.hpp"

namespace tomada::dispatch {

Verdict Validate::enter(registry::Call& call) {
  const auto& schema = call.tool->input();
  const auto& arguments = call.arguments_value();
  if (schema.accepts(arguments)) return GoOn{};
  std::string message =
      text::concat({"the arguments of ", call.tool->description().name, " do not fit its input schema: "});
  const char* separator = "";
  for (const auto& violation : schema.violations(arguments)) {
    message.append(separator).append(violation.text());
    separator = "; ";
  }
  message.append(". Mend them and call again.");
  return registry::Outcome::tool_error(std::move(message));
}

}  // namespace tomada::dispatch
