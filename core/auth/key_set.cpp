#include "core/auth/key_set.hpp"

#include "core/base/base64.hpp"
#include "core/json/reader.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <utility>

namespace tomada::auth {
namespace {

constexpr std::size_t most_keys = 64, coordinate_bytes = 32;
constexpr int fewest_rsa_bits = 2'048, most_rsa_bits = 8'192;

template <auto function>
struct Free {
  template <class T>
  void operator()(T* what) const noexcept {
    function(what);
  }
};
using BigNumber = std::unique_ptr<BIGNUM, Free<BN_free>>;
using KeyPointer = std::shared_ptr<EVP_PKEY>;

const unsigned char* octets(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

BigNumber number(std::string_view bytes) {
  return BigNumber{BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr)};
}

KeyPointer made(const char* kind, OSSL_PARAM_BLD* with) {
  const std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>> parameters{OSSL_PARAM_BLD_to_param(with)};
  const std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>> context{
      EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
  EVP_PKEY* key = nullptr;
  const bool is_made = parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                       EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
  return is_made ? KeyPointer{key, EVP_PKEY_free} : nullptr;
}

using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;

KeyPointer rsa_key(std::string_view modulus, std::string_view exponent) {
  const auto n = number(modulus), e = number(exponent);
  const Builder with{OSSL_PARAM_BLD_new()};
  const bool is_told = with && n && e && BN_num_bits(n.get()) >= fewest_rsa_bits &&
                       BN_num_bits(n.get()) <= most_rsa_bits && BN_is_odd(e.get()) && BN_num_bits(e.get()) <= 32 &&
                       OSSL_PARAM_BLD_push_BN(with.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                       OSSL_PARAM_BLD_push_BN(with.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1;
  return is_told ? made("RSA", with.get()) : nullptr;
}

KeyPointer curve_key(const std::string& x, const std::string& y) {
  if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return nullptr;
  const std::string point = "\x04" + x + y;
  const Builder with{OSSL_PARAM_BLD_new()};
  const bool is_told =
      with && OSSL_PARAM_BLD_push_utf8_string(with.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
      OSSL_PARAM_BLD_push_octet_string(with.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  return is_told ? made("EC", with.get()) : nullptr;
}

KeyPointer edwards_key(const std::string& x) {
  if (x.size() != coordinate_bytes) return nullptr;
  return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(x), x.size()), EVP_PKEY_free};
}

std::string_view member_text(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? json::view(*found) : std::string_view{};
}

std::string bytes(const json::object& from, std::string_view name) {
  return base64::decode_url(member_text(from, name)).value_or(std::string{});
}

std::optional<PublicKey> read_key(const json::object& key) {
  const auto use = member_text(key, "use"), kind = member_text(key, "kty"), curve = member_text(key, "crv"),
             algorithm = member_text(key, "alg");
  if (!use.empty() && use != "sig") return std::nullopt;
  const auto made_of = [&](Algorithm kept, std::string_view name, KeyPointer pointer) -> std::optional<PublicKey> {
    if (!pointer || (!algorithm.empty() && algorithm != name)) return std::nullopt;
    return PublicKey{kept, std::move(pointer)};
  };
  if (kind == "RSA") return made_of(Algorithm::rs256, "RS256", rsa_key(bytes(key, "n"), bytes(key, "e")));
  if (kind == "EC" && curve == "P-256")
    return made_of(Algorithm::es256, "ES256", curve_key(bytes(key, "x"), bytes(key, "y")));
  if (kind == "OKP" && curve == "Ed25519") return made_of(Algorithm::eddsa, "EdDSA", edwards_key(bytes(key, "x")));
  return std::nullopt;
}

// JWS carries the two numbers side by side, OpenSSL wants them as DER.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> pair{ECDSA_SIG_new()};
  auto r = number(signature.substr(0, coordinate_bytes)), s = number(signature.substr(coordinate_bytes));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  (void)r.release();
  (void)s.release();
  unsigned char* out = nullptr;
  const int length = i2d_ECDSA_SIG(pair.get(), &out);
  std::string der;
  if (length > 0) der.assign(reinterpret_cast<const char*>(out), static_cast<std::size_t>(length));
  OPENSSL_free(out);
  return der;
}

}  // namespace

std::optional<Algorithm> algorithm_of(std::string_view name) noexcept {
  if (name == "RS256") return Algorithm::rs256;
  if (name == "ES256") return Algorithm::es256;
  if (name == "EdDSA") return Algorithm::eddsa;
  return std::nullopt;
}

bool PublicKey::signed_this(std::string_view text, std::string_view signature) const {
  const std::string der = algorithm_ == Algorithm::es256 ? der_of(signature) : std::string{};
  if (algorithm_ == Algorithm::es256) signature = der;
  const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
  const auto* hash = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key_.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text), text.size()) == 1;
}

Result<KeySet> read_key_set(std::string_view text) {
  const auto read = json::read(text);
  const auto* keys = read && read->is_object() ? json::find(read->get_object(), "keys") : nullptr;
  if (!keys || !keys->is_array()) return failure(ErrorCode::invalid_argument, "it is no JSON Web Key Set");
  KeySet out;
  for (const auto& each : keys->get_array()) {
    const auto* key = each.if_object();
    const auto id = key ? member_text(*key, "kid") : std::string_view{};
    if (id.empty() || out.size() >= most_keys) continue;
    if (auto usable = read_key(*key)) out.emplace(std::string{id}, std::move(*usable));
  }
  return out;
}

}  // namespace tomada::auth
