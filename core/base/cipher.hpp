#pragma once
// Cipher: AES-256-GCM for text that others carry or keep for us and can neither read nor change.
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tomada {

using CipherKey = std::array<unsigned char, 32>;

// nonce(12) tag(16) ciphertext. The binding is authenticated and not carried. Throws when the machine cannot.
[[nodiscard]] std::string encrypt(const CipherKey& key, std::string_view plain, std::string_view binding);
[[nodiscard]] std::optional<std::string> decrypt(const CipherKey& key, std::string_view sealed,
                                                 std::string_view binding);
// None: of another key or binding, or changed.

}  // namespace tomada
