// version(1), then enciphered: milliseconds of its end (8, big endian), text.
#include "core/auth/seal.hpp"

#include "core/base/base64.hpp"
#include "core/base/cipher.hpp"
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

constexpr char version = 1;
constexpr std::size_t time_bytes = 8;

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
    const bool is_written = file.number() >= 0 && ::write(file.number(), fresh.data(), fresh.size()) == ssize_t{32} &&
                            ::fsync(file.number()) == 0;
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
  const auto plain = with_end(unix_ms(clock_.wall_now() + time_to_live_), text);
  return base64::encode_url(version + encrypt(keys->front(), plain, binding));
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view binding) const {
  const auto decoded = base64::decode_url(sealed);
  if (!decoded || decoded->empty() || decoded->front() != version) return std::nullopt;
  const auto keys = keys_.read();
  const auto inside = std::string_view{*decoded}.substr(1);
  std::optional<std::string> plain;
  for (auto key = keys->begin(); !plain && key != keys->end(); ++key) plain = decrypt(*key, inside, binding);
  if (!plain || plain->size() < time_bytes || end_of(*plain) <= unix_ms(clock_.wall_now())) return std::nullopt;
  plain->erase(0, time_bytes);
  return plain;
}

}  // namespace tomada::auth
