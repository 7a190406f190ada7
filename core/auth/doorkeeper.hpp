#pragma once
// Doorkeeper: who may come in over HTTP: an Authorization header to a principal, or to a refusal.
#include "core/auth/buckets.hpp"
#include "core/auth/keyring.hpp"
#include "core/auth/tokens.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/metrics/metrics.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tomada::auth {

struct Admission {
  std::shared_ptr<const Principal> principal;  // null: refused
  SteadyTime until{};                          // admitted: ask again from then on, or after another edition
  int status = 0;                              // refused: 401, 403 or 429
  std::string_view reason;                     // one sentence for the client; a literal
  std::string challenge;                       // of 401 and 403: WWW-Authenticate
  int retry_after_seconds = 0;                 // of 429
};

// What an authorisation server adds to keys.
struct TokenDesk {
  const Tokens* tokens = nullptr;  // null: there is none
  std::string hints{};             // in every challenge: ", resource_metadata=…, scope=…"
};

class Doorkeeper final {
 public:
  Doorkeeper(const Keyring& keyring, const Clock& clock, metrics::Registry& metrics, TokenDesk desk = {});

  [[nodiscard]] Admission admit(std::string_view authorization, std::string_view network);
  // [any thread] The header's value; empty: none was sent. A refusal says no more than RFC 6750 does: a wrong, an
  // expired and a revoked key look the same. A network from which wrong ones come again and again hears 429; good ones
  // are let in from there all the same, because many clients may share it.
  [[nodiscard]] std::uint64_t edition() const noexcept {
    return keyring_.edition() + (desk_.tokens ? desk_.tokens->edition() : 0);  // both only grow
  }

 private:
  [[nodiscard]] TokenHolder holder_of(std::string_view authorization) const;
  [[nodiscard]] Admission let_in(const Holder& holder) const;
  [[nodiscard]] Admission refuse(std::string_view network);
  [[nodiscard]] std::string challenge(std::string_view error) const;

  const Keyring& keyring_;
  const Clock& clock_;
  const TokenDesk desk_;
  Buckets failures_;  // by network
  metrics::Counter& missing_;
  metrics::Counter& invalid_;
  metrics::Counter& scope_;
  metrics::Counter& flooding_;
};

}  // namespace tomada::auth
