#include "core/dispatch/stages/authorise.hpp"

#include "core/base/text.hpp"
#include "core/registry/tool.hpp"

namespace tomada::dispatch {

Verdict Authorise::enter(registry::Call& call) {
  const auto& tool = call.tool->description();
  if (roles_.allows(*call.request().principal, tool.name, tool.annotations.is_read_only)) return GoOn{};
  return registry::Outcome::failed(registry::OutcomeKind::unknown_tool,
                                   text::concat({"unknown tool \"", call.request().tool, "\""}));
}

}  // namespace tomada::dispatch
