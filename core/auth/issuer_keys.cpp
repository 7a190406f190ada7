#include "core/auth/issuer_keys.hpp"

#include "core/base/text.hpp"

namespace tomada::auth {
namespace {

constexpr Milliseconds between_fetches{3'600'000}, after_unknown{60'000}, after_failure{10'000};

}  // namespace

IssuerKeys::IssuerKeys(Fetch fetch, const Clock& clock)
    : fetch_{std::move(fetch)}, clock_{clock}, keys_{std::make_shared<const KeySet>()} {}

std::optional<PublicKey> IssuerKeys::find(std::string_view kid) {
  const auto keys = keys_.read();
  const auto found = keys->find(kid);
  if (found != keys->end()) return found->second;
  misses_one_ = true;
  return std::nullopt;
}

bool IssuerKeys::is_due(SteadyTime now) const {
  const std::lock_guard lock{mutex_};
  if (!tried_) return true;
  const auto since = now - *tried_;
  return since >= between_fetches || (misses_one_ && since >= after_unknown) || (has_failed_ && since >= after_failure);
}

// What was known stays good when the server cannot be reached or says something else than keys.
void IssuerKeys::look(const std::stop_token& stop) {
  const auto now = clock_.steady_now();
  if (!is_due(now)) return;
  misses_one_ = false;
  const auto fetched = fetch_(stop);
  auto keys = fetched ? read_key_set(*fetched) : Result<KeySet>{fetched.error()};
  bool is_new = false;
  {
    const std::lock_guard lock{mutex_};
    tried_ = now;
    has_failed_ = !keys;
    problem_ = keys ? std::string{} : keys.error().text();
    is_new = keys && *fetched != text_;
    if (is_new) text_ = *fetched;
  }
  if (!is_new) return;
  keys_.publish(std::make_shared<const KeySet>(std::move(*keys)));
  ++edition_;
}

health::Condition IssuerKeys::condition() const {
  health::Condition out;
  const auto known = keys_.read()->size();
  out.details = {{"keys", known}};
  const std::lock_guard lock{mutex_};
  if (problem_.empty() && (known > 0 || !tried_)) return out;
  out.status = health::Status::degraded;
  out.reason = text::concat({"the authorisation server's keys cannot be fetched: ",
                             problem_.empty() ? "there is none for RS256, ES256 or EdDSA" : problem_});
  out.next_step = known > 0 ? "tokens of its known keys stay good; look at the upstream of [auth.oauth]"
                            : "nobody can come in with a token; look at the upstream of [auth.oauth]";
  return out;
}

}  // namespace tomada::auth
