// AES-256-GCM. version(1) nonce(12) tag(16) ciphertext of: milliseconds of its end (8, big endian), text. The binding
// is authenticated and not carried. A nonce is random: a key would have to seal billions before two met.
#include "core/auth/seal.hpp"

#include "core/base/base64.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/text.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tomada::auth {
namespace {

constexpr unsigned char version = 1;
constexpr std::size_t nonce_bytes = 12, tag_bytes = 16, time_bytes = 8;
constexpr std::size_t head_bytes = 1 + nonce_bytes + tag_bytes;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* bytes_of(std::string& text) noexcept { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string with_end(std::int64_t end, std::string_view text) {
  std::string out(time_bytes, '\0');
  for (std::size_t i = 0; i < time_bytes; ++i) {
    out[i] = static_cast<char>(static_cast<std::uint64_t>(end) >> (8 * (time_bytes - 1 - i)) & 255);
  }
  return out.append(text);
}

std::int64_t end_of(std::string_view plain) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < time_bytes; ++i) out = out << 8 | static_cast<unsigned char>(plain[i]);
  return static_cast<std::int64_t>(out);
}

void fill_random(unsigned char* out, std::size_t count) {
  if (RAND_bytes(out, static_cast<int>(count)) != 1) throw std::runtime_error("no random bytes");
}

std::string encrypt(const SealKey& key, std::string_view plain, std::string_view binding) {
  std::string out(head_bytes + plain.size(), '\0');
  out[0] = static_cast<char>(version);
  fill_random(bytes_of(out) + 1, nonce_bytes);
  const Context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  const bool is_done =
      context && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(out) + 1) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &written, bytes_of(binding), static_cast<int>(binding.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), bytes_of(out) + head_bytes, &written, bytes_of(plain),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), bytes_of(out) + head_bytes, &written) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, bytes_of(out) + 1 + nonce_bytes) == 1;
  if (!is_done) throw std::runtime_error("AES-256-GCM is not available");
  return out;
}

std::optional<std::string> decrypt(const SealKey& key, std::string_view sealed, std::string_view binding) {
  if (sealed.size() < head_bytes + time_bytes || sealed[0] != static_cast<char>(version)) return std::nullopt;
  std::string out(sealed.size() - head_bytes, '\0');
  std::array<unsigned char, tag_bytes> tag;  // OpenSSL wants it writable
  std::memcpy(tag.data(), sealed.data() + 1 + nonce_bytes, tag.size());
  const Context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  const bool is_ours =
      context && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(sealed) + 1) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &written, bytes_of(binding), static_cast<int>(binding.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(out), &written, bytes_of(sealed) + head_bytes,
                        static_cast<int>(out.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes_of(out), &written) == 1;
  if (!is_ours) return std::nullopt;
  return out;
}

Error broken(const std::string& path, const char* what, ErrorCode code) {
  return failure(code, text::concat({"the key file ", path, " ", what}), path,
                 "remove it to make a new one: calls that wait for an answer must then begin again");
}

// A whole key appears under its name at once, whoever else makes one at the same moment.
Result<void> make_key(const std::string& path) {
  SealKey fresh;
  fill_random(fresh.data(), fresh.size());
  std::string draft = path + ".XXXXXX";
  {
    const Descriptor file{::mkostemp(draft.data(), O_CLOEXEC)};  // 0600
    const bool is_written =
        file.number() >= 0 && ::write(file.number(), fresh.data(), fresh.size()) == ssize_t{32} && ::fsync(file.number()) == 0;
    if (!is_written) {
      const std::string why = std::system_category().message(errno);
      ::unlink(draft.c_str());
      return failure(ErrorCode::system, text::concat({"cannot write the key file ", path, ": ", why}), path,
                     "choose a writable state folder with --state");
    }
  }
  const bool is_linked = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
  ::unlink(draft.c_str());
  return is_linked ? Result<void>{} : broken(path, "cannot be made", ErrorCode::system);
}

}  // namespace

Result<SealKey> seal_key_in(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) {
    if (const auto made = make_key(path); !made) return made.error();
  }
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number() < 0) return broken(path, "cannot be read", ErrorCode::system);
  unsigned char read[sizeof(SealKey) + 1];
  if (::read(file.number(), read, sizeof read) != ssize_t{sizeof(SealKey)}) {
    return broken(path, "is not 32 bytes long", ErrorCode::configuration);
  }
  SealKey out;
  std::memcpy(out.data(), read, out.size());
  return out;
}

SealKey seal_key_of(std::string_view text) {
  constexpr std::string_view purpose = "tomada seal 1:";
  const auto whole = text::concat({purpose, text});
  SealKey out;
  if (EVP_Digest(whole.data(), whole.size(), out.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return out;
}

Seal::Seal(const SealKey& key, const Clock& clock, Milliseconds time_to_live)
    : clock_{clock}, time_to_live_{time_to_live} {
  use({key});
}

void Seal::use(std::vector<SealKey> keys) {
  keys_.publish(std::make_shared<const std::vector<SealKey>>(std::move(keys)));
}

std::string Seal::close(std::string_view text, std::string_view binding) const {
  const auto keys = keys_.read();
  return base64::encode_url(
      encrypt(keys->front(), with_end(unix_ms(clock_.wall_now() + time_to_live_), text), binding));
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view binding) const {
  const auto decoded = base64::decode_url(sealed);
  if (!decoded) return std::nullopt;
  const auto keys = keys_.read();
  std::optional<std::string> plain;
  for (auto key = keys->begin(); !plain && key != keys->end(); ++key) plain = decrypt(*key, *decoded, binding);
  if (!plain || end_of(*plain) <= unix_ms(clock_.wall_now())) return std::nullopt;
  plain->erase(0, time_bytes);
  return plain;
}

}  // namespace tomada::auth
