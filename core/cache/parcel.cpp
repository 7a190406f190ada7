#include "core/cache/parcel.hpp"

#include "core/base/text.hpp"
#include "core/cache/entry_text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace tomada::cache {
namespace {

constexpr int stretches = 50'000;  // some 20 ms, once a start
constexpr std::string_view salt = "tomada results 1";
constexpr Milliseconds clock_difference{2'000};  // between machines; beyond it a parcel is from the future
constexpr std::size_t longest_text = 64u << 20;

const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string binding_of(std::string_view place) { return text::concat({salt, " ", place}); }

std::optional<Mark> mark_in(const json::object& from) {
  const auto* generation = json::find_string(from, "generation");
  const auto* epochs = json::find(from, "epochs");
  if (!generation || !epochs || !epochs->is_array()) return std::nullopt;
  Mark out{std::string{json::view(*generation)}, {}};
  for (const auto& epoch : epochs->get_array()) {
    if (!epoch.is_int64()) return std::nullopt;
    out.epochs.push_back(epoch.get_int64());
  }
  return out;
}

}  // namespace

CipherKey parcel_key(std::string_view circumstances) {
  CipherKey out;
  const int is_made = PKCS5_PBKDF2_HMAC(circumstances.data(), static_cast<int>(circumstances.size()), bytes_of(salt),
                                        static_cast<int>(salt.size()), stretches, EVP_sha256(),
                                        static_cast<int>(out.size()), out.data());
  if (is_made != 1) throw std::runtime_error("PBKDF2 is not available");
  return out;
}

std::string place_of(const CipherKey& key, std::string_view question) {
  std::array<unsigned char, 32> hash{};
  unsigned int count = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(question), question.size(), hash.data(),
       &count);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : hash) out.append({digits[byte >> 4], digits[byte & 15]});
  return out;
}

std::string seal_parcel(const CipherKey& key, std::string_view place, const Entry& entry, const Mark& mark,
                        const Clock& clock) {
  auto out = to_json(entry, clock);
  out["generation"] = mark.generation;
  out["epochs"] = boost::json::value_from(mark.epochs);
  return encrypt(key, json::text(out), binding_of(place));
}

std::optional<Opened> open_parcel(const CipherKey& key, std::string_view place, std::string_view text,
                                  const Clock& clock) {
  const auto plain = decrypt(key, text, binding_of(place));
  if (!plain) return std::nullopt;
  const auto read = json::read(*plain, {}, {.bytes = longest_text});
  const auto* from = read ? read->if_object() : nullptr;
  auto mark = from ? mark_in(*from) : std::nullopt;
  auto entry = mark ? entry_from(*from, clock) : nullptr;
  const auto now = clock.steady_now();
  if (!entry || entry->kept_at > now + clock_difference) return std::nullopt;
  if (entry->kept_at > now) entry->kept_at = now;
  return Opened{std::move(entry), std::move(*mark)};
}

}  // namespace tomada::cache
