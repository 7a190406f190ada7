#pragma once
// Token: a signed JSON Web Token (RFC 7519) taken apart; what it claims is believed only once its signature is checked.
#include "core/auth/key_set.hpp"
#include "core/json/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::auth {

struct Token {
  Algorithm algorithm = Algorithm::rs256;
  std::string kid;
  std::string_view signed_part;  // of the text it was read from
  std::string signature;
  json::object claims;

  [[nodiscard]] bool is_signed_by(const PublicKey& key) const {
    return key.algorithm() == algorithm && key.signed_this(signed_part, signature);
  }
};

[[nodiscard]] std::optional<Token> read_token(std::string_view text);
// None: no token, or one whose header asks for what is not offered: another algorithm ("none", HS256), another type, a
// critical extension. Keys and addresses of keys inside the header are never looked at.

}  // namespace tomada::auth
