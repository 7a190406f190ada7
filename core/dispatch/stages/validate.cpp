#include "core/dispatch/stages/validate.hpp"

#include "core/base/text.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {

Verdict Validate::enter(registry::Call& call) {
  const auto& schema = call.target->input();
  const auto& arguments = call.arguments_value();
  if (schema.accepts(arguments)) return GoOn{};
  const auto& target = call.target->description();
  std::string message = text::concat({"the arguments of ", target.name, " do not fit its input schema: "});
  const char* separator = "";
  for (const auto& violation : schema.violations(arguments)) {
    message.append(separator).append(violation.text());
    separator = "; ";
  }
  message.append(". Mend them and call again.");
  if (target.kind == registry::TargetKind::tool) return registry::Outcome::tool_error(std::move(message));
  return registry::Outcome::failed(registry::OutcomeKind::invalid_params, std::move(message));
}

}  // namespace tomada::dispatch
