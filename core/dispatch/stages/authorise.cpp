#include "core/dispatch/stages/authorise.hpp"

#include "core/base/text.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {

Verdict Authorise::enter(registry::Call& call) {
  const auto& target = call.target->description();
  if (roles_.allows(*call.request().principal, target.name, target.annotations.is_read_only)) return GoOn{};
  return registry::Outcome::failed(registry::OutcomeKind::unknown_tool,
                                   text::concat({"unknown ", name(target.kind), " \"", call.request().tool, "\""}));
}

}  // namespace tomada::dispatch
