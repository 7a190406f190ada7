#pragma once
// KeySet: the public keys of an authorisation server (RFC 7517), and what they signed.
#include "core/base/result.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace tomada::auth {

enum class Algorithm { rs256, es256, eddsa };
[[nodiscard]] std::optional<Algorithm> algorithm_of(std::string_view name) noexcept;
// "RS256", "ES256", "EdDSA"; none of the others: no secret is shared with the authorisation server.

class PublicKey final {
 public:
  PublicKey(Algorithm algorithm, std::shared_ptr<evp_pkey_st> key) : algorithm_{algorithm}, key_{std::move(key)} {}
  [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }
  [[nodiscard]] bool signed_this(std::string_view text, std::string_view signature) const;  // as JWS carries it

 private:
  Algorithm algorithm_;
  std::shared_ptr<evp_pkey_st> key_;
};

using KeySet = std::map<std::string, PublicKey, std::less<>>;  // by kid

[[nodiscard]] Result<KeySet> read_key_set(std::string_view text);
// Leaves out what is not for signatures, has no kid, or is of another kind than the three above; RSA from 2048 to 8192
// bits. Errors: invalid_argument (no JSON Web Key Set).

}  // namespace tomada::auth
