#include "core/auth/credential.hpp"

#include "core/base/base64.hpp"
#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <stdexcept>

namespace tomada::auth {
namespace {

constexpr std::string_view prefix = "tmd_";
constexpr std::size_t id_length = 8, secret_bytes = 32, secret_length = 43;

bool is_id(std::string_view text) noexcept {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_url_base64(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

Digest digest(std::string_view text) {
  Digest out;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data());
  return out;
}

bool is_same(const Digest& a, const Digest& b) noexcept { return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

bool is_same_text(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string write(const Digest& digest) {
  return base64::encode_url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::optional<Digest> read_digest(std::string_view text) {
  const auto bytes = base64::decode_url(text);
  if (!bytes || bytes->size() != sizeof(Digest)) return std::nullopt;
  Digest out;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

std::optional<Credential> read_credential(std::string_view text) noexcept {
  if (text.size() != prefix.size() + id_length + 1 + secret_length || !text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  const Credential out{text.substr(0, id_length), text.substr(id_length + 1)};
  const bool is_ours =
      text[id_length] == '_' && is_id(out.id) && std::all_of(out.secret.begin(), out.secret.end(), is_url_base64);
  return is_ours ? std::optional{out} : std::nullopt;
}

std::string make_credential() {
  std::string secret(secret_bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(secret.data()), static_cast<int>(secret.size())) != 1) {
    throw std::runtime_error("no random bytes");
  }
  auto out = text::concat({prefix, random_hex(id_length / 2), "_", base64::encode_url(secret)});
  OPENSSL_cleanse(secret.data(), secret.size());
  return out;
}

}  // namespace tomada::auth
