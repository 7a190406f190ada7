#pragma once
// Credential: an API key as its holder sends it, "tmd_<id>_<secret>", and the digest that is kept of its secret.
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::auth {

using Digest = std::array<unsigned char, 32>;  // SHA-256 (core/decisions/0011)

[[nodiscard]] Digest digest(std::string_view text);
[[nodiscard]] bool is_same(const Digest& a, const Digest& b) noexcept;             // in constant time
[[nodiscard]] bool is_same_text(std::string_view a, std::string_view b) noexcept;  // likewise; lengths may show
[[nodiscard]] std::string write(const Digest& digest);                             // URL-safe base64
[[nodiscard]] std::optional<Digest> read_digest(std::string_view text);            // of what write() wrote

struct Credential {         // views into the text it was read from
  std::string_view id;      // 8 lower-case hex digits, public
  std::string_view secret;  // 43 characters: 256 random bits
};
[[nodiscard]] std::optional<Credential> read_credential(std::string_view text) noexcept;  // none: another shape
[[nodiscard]] std::string make_credential();  // a new one, from the system's secure generator

}  // namespace tomada::auth
