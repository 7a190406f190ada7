// A nonce is random: a key would have to seal billions before two met.
#include "core/base/cipher.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace tomada {
namespace {

constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;
constexpr std::size_t head_bytes = nonce_bytes + tag_bytes;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* bytes_of(std::string& text) noexcept { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string encrypt(const CipherKey& key, std::string_view plain, std::string_view binding) {
  std::string out(head_bytes + plain.size(), '\0');
  if (RAND_bytes(bytes_of(out), nonce_bytes) != 1) throw std::runtime_error("no random bytes");
  const Context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  const bool is_done =
      context && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(out)) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &written, bytes_of(binding), static_cast<int>(binding.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), bytes_of(out) + head_bytes, &written, bytes_of(plain),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), bytes_of(out) + head_bytes, &written) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, bytes_of(out) + nonce_bytes) == 1;
  if (!is_done) throw std::runtime_error("AES-256-GCM is not available");
  return out;
}

std::optional<std::string> decrypt(const CipherKey& key, std::string_view sealed, std::string_view binding) {
  if (sealed.size() < head_bytes) return std::nullopt;
  std::string out(sealed.size() - head_bytes, '\0');
  std::array<unsigned char, tag_bytes> tag;  // OpenSSL wants it writable
  std::memcpy(tag.data(), sealed.data() + nonce_bytes, tag.size());
  const Context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  const bool is_ours =
      context && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(sealed)) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &written, bytes_of(binding), static_cast<int>(binding.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(out), &written, bytes_of(sealed) + head_bytes,
                        static_cast<int>(out.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes_of(out), &written) == 1;
  if (!is_ours) return std::nullopt;
  return out;
}

}  // namespace tomada
