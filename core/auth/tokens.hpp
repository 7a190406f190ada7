#pragma once
// Tokens: who the holder of an access token is, by the rules of this resource server.
#include "core/auth/issuer_keys.hpp"
#include "core/auth/keyring.hpp"
#include "core/auth/token.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tomada::auth {

struct TokenRules {
  std::string issuer;    // "iss", to the letter
  std::string audience;  // must stand in "aud": this server, so that a token for another one opens nothing here
  std::map<std::string, std::vector<std::string>, std::less<>> scopes{};  // to roles; a token without any is not enough
  std::string tenant_claim{};                                             // empty: everybody is of "default"
};

struct InsufficientScope {};
struct InvalidToken {};
using TokenHolder = std::variant<Holder, InsufficientScope, InvalidToken>;

class Tokens final {
 public:
  Tokens(TokenRules rules, IssuerKeys& keys, const Clock& clock)
      : rules_{std::move(rules)}, keys_{keys}, clock_{clock} {}

  [[nodiscard]] TokenHolder holder_of(std::string_view token) const;  // [any thread]; never blocks
  [[nodiscard]] std::uint64_t edition() const noexcept { return keys_.edition(); }
  [[nodiscard]] std::string scopes() const;  // every one that is known, separated by spaces

 private:
  [[nodiscard]] bool is_for_us(const json::object& claims) const;
  [[nodiscard]] std::optional<WallTime> end_of(const json::object& claims) const;
  [[nodiscard]] std::vector<std::string> roles_of(const json::object& claims) const;

  const TokenRules rules_;
  IssuerKeys& keys_;
  const Clock& clock_;
};

}  // namespace tomada::auth
