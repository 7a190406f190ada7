#include "core/auth/doorkeeper.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::auth {
namespace {

constexpr std::string_view scheme = "Bearer ";
constexpr std::size_t most_failures = 60;      // a minute, of one network
constexpr Milliseconds longest_trust{30'000};  // a client that stays is looked at again now and then

metrics::Counter& counter(metrics::Registry& metrics, const char* reason) {
  return metrics.counter("tomada_auth_refused_total", "HTTP requests refused for their credentials, by reason.",
                         {{"reason", reason}});
}

}  // namespace

Doorkeeper::Doorkeeper(const Keyring& keyring, const Clock& clock, metrics::Registry& metrics, TokenDesk desk)
    : keyring_{keyring},
      clock_{clock},
      desk_{std::move(desk)},
      failures_{most_failures, clock},
      missing_{counter(metrics, "missing")},
      invalid_{counter(metrics, "invalid")},
      scope_{counter(metrics, "scope")},
      flooding_{counter(metrics, "flooding")} {}

Admission Doorkeeper::admit(std::string_view authorization, std::string_view network) {
  if (authorization.empty()) {
    missing_.add();
    return {nullptr, {}, 401, "authorisation is required: Authorization: Bearer KEY", challenge({})};
  }
  const auto holder = holder_of(authorization);
  if (const auto* known = std::get_if<Holder>(&holder)) return let_in(*known);
  if (std::holds_alternative<InvalidToken>(holder)) return refuse(network);
  scope_.add();
  return {nullptr, {}, 403, "the token's scope is not enough", challenge("insufficient_scope")};
}

TokenHolder Doorkeeper::holder_of(std::string_view authorization) const {
  if (!text::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return InvalidToken{};
  const auto credential = text::trim(authorization.substr(scheme.size()));
  if (auto holder = keyring_.find(credential)) return std::move(*holder);
  return desk_.tokens ? desk_.tokens->holder_of(credential) : TokenHolder{InvalidToken{}};
}

Admission Doorkeeper::let_in(const Holder& holder) const {
  auto trust = longest_trust;
  if (holder.expires) {
    trust = std::min(trust, std::chrono::duration_cast<Milliseconds>(*holder.expires - clock_.wall_now()));
  }
  return {holder.principal, clock_.steady_now() + trust, 0, {}, {}};
}

Admission Doorkeeper::refuse(std::string_view network) {
  if (const auto wait = failures_.take(network)) {
    flooding_.add();
    const auto seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*wait).count());
    return {nullptr, {}, 429, "too many requests with wrong credentials", {}, seconds};
  }
  invalid_.add();
  return {nullptr, {}, 401, "the credentials are not valid", challenge("invalid_token")};
}

std::string Doorkeeper::challenge(std::string_view error) const {
  const auto told = error.empty() ? std::string{} : text::concat({", error=\"", error, "\""});
  return text::concat({R"(Bearer realm="tomada")", told, desk_.hints});
}

}  // namespace tomada::auth
