#include "core/dispatch/stages/redact.hpp"

namespace tomada::dispatch {

using registry::Outcome;
using registry::OutcomeKind;

void Redact::leave(registry::Call&, Outcome& outcome) noexcept try {
  for (std::string* text :
       {&outcome.structured, &outcome.content, &outcome.meta, &outcome.message, &outcome.requests}) {
    if (log_.shows_secret(*text)) *text = log_.redact(*text);
  }
} catch (...) {  // no memory for a clean copy: say nothing rather than the secret
  outcome = Outcome::failed(OutcomeKind::internal, {});
}

}  // namespace tomada::dispatch
