#include "core/dispatch/stages/limit.hpp"

#include "core/base/text.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {
namespace {

using Whose = auth::Excess::Whose;

std::string times(std::size_t count) { return count == 1 ? "once" : text::concat({std::to_string(count), " times"}); }

std::string words(const auth::Excess& excess, std::string_view tool) {
  switch (excess.whose) {
    case Whose::principal:
      return text::concat({"you may call tools ", times(excess.per_minute),
                           " a minute and have done so: ask for more in one call (a larger limit, a wider filter)"});
    case Whose::tool:
      return text::concat({tool, " may be called ", times(excess.per_minute),
                           " a minute and has been: use what it has answered, or another tool"});
    case Whose::address:
      return text::concat({"tools may be called ", times(excess.per_minute),
                           " a minute from this address and have been: ask for more in one call"});
  }
  return {};
}

}  // namespace

Verdict Limit::enter(registry::Call& call) {
  const auto& request = call.request();
  if (request.is_admitted) return GoOn{};
  const auto& name = call.target->description().name;
  const auto excess = limits_.take(*request.principal, name, request.address);
  if (!excess) return GoOn{};
  auto out = registry::Outcome::failed(registry::OutcomeKind::refused, words(*excess, name));
  out.retry_after = excess->wait;
  return out;
}

}  // namespace tomada::dispatch
