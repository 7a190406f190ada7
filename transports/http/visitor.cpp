#include "transports/http/visitor.hpp"

#include "core/auth/credential.hpp"

namespace tomada::http {

const auth::Admission& Visitor::show(std::string_view authorization, auth::Doorkeeper& doorkeeper, SteadyTime now) {
  const auto edition = doorkeeper.edition();  // before the look: a change meanwhile makes the next one look again
  const bool still_holds = admission_.principal && edition == edition_ && now < admission_.until;
  if (still_holds && auth::is_same_text(authorization, authorization_)) return admission_;
  admission_ = doorkeeper.admit(authorization, network_);
  edition_ = edition;
  authorization_.assign(admission_.principal ? authorization : std::string_view{});
  return admission_;
}

bool Visitor::may_stay(auth::Doorkeeper& doorkeeper, SteadyTime now) {
  const auto before = admission_.principal;
  if (!before) return true;
  const auto shown = authorization_;
  const auto& again = show(shown, doorkeeper, now);
  return again.principal && *again.principal == *before;
}

}  // namespace tomada::http
