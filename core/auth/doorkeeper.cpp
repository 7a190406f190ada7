#include "core/auth/doorkeeper.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::auth {
namespace {

constexpr std::string_view scheme = "Bearer ";
constexpr std::string_view challenge = R"(Bearer realm="tomada")";
constexpr std::size_t most_failures = 60;      // a minute, of one network
constexpr Milliseconds longest_trust{30'000};  // a client that stays is looked at again now and then

metrics::Counter& counter(metrics::Registry& metrics, const char* reason) {
  return metrics.counter("tomada_auth_refused_total", "HTTP requests refused for their credentials, by reason.",
                         {{"reason", reason}});
}

}  // namespace

Doorkeeper::Doorkeeper(const Keyring& keyring, const Clock& clock, metrics::Registry& metrics)
    : keyring_{keyring},
      clock_{clock},
      failures_{most_failures, clock},
      missing_{counter(metrics, "missing")},
      invalid_{counter(metrics, "invalid")},
      flooding_{counter(metrics, "flooding")} {}

Admission Doorkeeper::admit(std::string_view authorization, std::string_view network) {
  if (authorization.empty()) {
    missing_.add();
    return {nullptr, {}, 401, "authorisation is required: Authorization: Bearer KEY", std::string{challenge}};
  }
  const bool is_bearer = text::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme);
  const auto holder = is_bearer ? keyring_.find(text::trim(authorization.substr(scheme.size()))) : std::nullopt;
  if (!holder) return refuse(network);
  auto trust = longest_trust;
  if (holder->expires) {
    trust = std::min(trust, std::chrono::duration_cast<Milliseconds>(*holder->expires - clock_.wall_now()));
  }
  return {holder->principal, clock_.steady_now() + trust, 0, {}, {}};
}

Admission Doorkeeper::refuse(std::string_view network) {
  if (const auto wait = failures_.take(network)) {
    flooding_.add();
    const auto seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*wait).count());
    return {nullptr, {}, 429, "too many requests with wrong credentials", {}, seconds};
  }
  invalid_.add();
  return {nullptr, {}, 401, "the credentials are not valid", text::concat({challenge, R"(, error="invalid_token")"})};
}

}  // namespace tomada::auth
