#pragma once
// An authorisation server of the test's own: it signs with OpenSSL, what is under test reads and checks.
#include "core/auth/tokens.hpp"
#include "core/base/base64.hpp"
#include "core/json/writer.hpp"
#include "tests/unit/auth/support.hpp"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace tomada::auth::test {

using KeyPointer = std::shared_ptr<EVP_PKEY>;

inline std::string number(const EVP_PKEY* key, const char* name, int bytes) {
  BIGNUM* found = nullptr;
  REQUIRE(EVP_PKEY_get_bn_param(key, name, &found) == 1);
  std::string out(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(found)), '\0');
  BN_bn2binpad(found, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
  BN_free(found);
  return base64::encode_url(out);
}

// A pair of keys under a kid: its public half as a JWK, and what it signs.
struct Signer {
  Signer(std::string id, std::string name, KeyPointer with)
      : kid{std::move(id)}, algorithm{std::move(name)}, key{std::move(with)} {}
  static Signer rsa(std::string id, unsigned bits = 2048) {
    return {std::move(id), "RS256", {EVP_RSA_gen(bits), EVP_PKEY_free}};
  }
  static Signer curve(std::string id) { return {std::move(id), "ES256", {EVP_EC_gen("P-256"), EVP_PKEY_free}}; }
  static Signer edwards(std::string id) {
    return {std::move(id), "EdDSA", {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free}};
  }

  [[nodiscard]] json::object jwk() const {
    json::object out{{"kid", kid}, {"use", "sig"}};
    if (algorithm == "RS256") {
      out["kty"] = "RSA";
      out["n"] = number(key.get(), "n", 0);
      out["e"] = number(key.get(), "e", 0);
    } else if (algorithm == "ES256") {
      out["kty"] = "EC";
      out["crv"] = "P-256";
      out["x"] = number(key.get(), "qx", 32);
      out["y"] = number(key.get(), "qy", 32);
    } else {
      std::string raw(32, '\0');
      std::size_t size = raw.size();
      REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size) == 1);
      out["kty"] = "OKP";
      out["crv"] = "Ed25519";
      out["x"] = base64::encode_url(raw);
    }
    return out;
  }

  [[nodiscard]] std::string sign(const std::string& text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    const auto* hash = algorithm == "EdDSA" ? nullptr : EVP_sha256();
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key.get()) == 1);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    REQUIRE(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
    std::string out(size, '\0');
    REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes, text.size()) ==
            1);
    out.resize(size);
    return algorithm == "ES256" ? side_by_side(out) : out;
  }

  [[nodiscard]] std::string token(const json::object& claims, json::object header = {}) const {
    for (const auto& [name, value] : json::object{{"alg", algorithm}, {"kid", kid}, {"typ", "at+jwt"}}) {
      if (!header.contains(name)) header[name] = value;
    }
    const auto text = base64::encode_url(json::text(header)) + "." + base64::encode_url(json::text(claims));
    return text + "." + base64::encode_url(sign(text));
  }

  std::string kid, algorithm;
  KeyPointer key;

 private:
  static std::string side_by_side(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string out(64, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + 32, 32);
    ECDSA_SIG_free(pair);
    return out;
  }
};

struct Issuer : Fixture {
  explicit Issuer(std::string tenant_claim = {})
      : tokens{{"https://id.example.com",
                "https://mcp.example.com/mcp",
                {{"erp.read", {"sales", "finance"}}, {"admin", {"local"}}},
                std::move(tenant_claim)},
               issuer_keys,
               clock} {
    publish({&rsa});
  }
  void publish(const std::vector<const Signer*>& signers) {
    json::array all;
    for (const auto* each : signers) all.push_back(each->jwk());
    served = json::text(json::object{{"keys", std::move(all)}});
    issuer_keys.look({});
  }
  [[nodiscard]] json::object claims(const json::object& changed = {}) const {
    json::object out{{"iss", "https://id.example.com"},
                     {"aud", "https://mcp.example.com/mcp"},
                     {"sub", "ana"},
                     {"exp", unix_ms(clock.wall_now() + hour) / 1'000},
                     {"scope", "openid erp.read"}};
    for (const auto& [name, value] : changed) {
      if (value.is_null())
        out.erase(name);
      else
        out[name] = value;
    }
    return out;
  }
  [[nodiscard]] bool lets_in(const std::string& token) const {
    return std::holds_alternative<Holder>(tokens.holder_of(token));
  }
  [[nodiscard]] std::int64_t seconds(Milliseconds from_now) const {
    return unix_ms(clock.wall_now() + from_now) / 1'000;
  }

  Signer rsa = Signer::rsa("rsa-1");
  Result<std::string> served = std::string{};
  int fetches = 0;
  IssuerKeys issuer_keys{[this](const std::stop_token&) {
                           ++fetches;
                           return served;
                         },
                         clock};
  Tokens tokens;
};

}  // namespace tomada::auth::test
