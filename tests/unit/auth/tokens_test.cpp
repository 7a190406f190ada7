#include "core/auth/tokens.hpp"

#include "core/auth/doorkeeper.hpp"
#include "tests/unit/auth/issuer.hpp"

using namespace tomada;
using namespace tomada::auth;
using tomada::auth::test::hour;
using tomada::auth::test::Issuer;
using tomada::auth::test::Signer;

TEST_CASE("a token of the issuer lets its subject in, whatever of the three algorithms signed it") {
  Issuer issuer;
  const auto curve = Signer::curve("ec-1"), edwards = Signer::edwards("ed-1");
  issuer.clock.advance(hour);
  issuer.publish({&issuer.rsa, &curve, &edwards});
  for (const Signer* signer : std::initializer_list<const Signer*>{&issuer.rsa, &curve, &edwards}) {
    INFO(signer->algorithm);
    const auto told = issuer.tokens.holder_of(signer->token(issuer.claims()));
    REQUIRE(std::holds_alternative<Holder>(told));
    CHECK(*std::get<Holder>(told).principal == Principal{"ana", "default", {"finance", "sales"}});
    auto changed = signer->token(issuer.claims());
    changed[changed.size() - 20] = changed[changed.size() - 20] == 'A' ? 'B' : 'A';
    CHECK_FALSE(issuer.lets_in(changed));
  }
}

TEST_CASE("a token for somebody else, from somebody else, or out of its time lets nobody in") {
  Issuer issuer;
  REQUIRE(issuer.lets_in(issuer.rsa.token(issuer.claims())));
  const std::vector<json::object> wrong{{{"iss", "https://evil.example.com"}},
                                        {{"iss", "https://id.example.com/"}},
                                        {{"iss", nullptr}},
                                        {{"aud", "https://other.example.com/mcp"}},
                                        {{"aud", nullptr}},
                                        {{"aud", json::array{"a", 1}}},
                                        {{"aud", 1}},
                                        {{"exp", issuer.seconds(-hour)}},
                                        {{"exp", nullptr}},
                                        {{"exp", "tomorrow"}},
                                        {{"exp", 1e300}},
                                        {{"exp", -1}},
                                        {{"nbf", issuer.seconds(hour)}},
                                        {{"nbf", "now"}},
                                        {{"iat", issuer.seconds(hour)}},
                                        {{"sub", nullptr}},
                                        {{"sub", ""}},
                                        {{"sub", 7}}};
  for (const auto& change : wrong) {
    INFO(json::text(change));
    CHECK(std::holds_alternative<InvalidToken>(issuer.tokens.holder_of(issuer.rsa.token(issuer.claims(change)))));
  }
  CHECK(issuer.lets_in(issuer.rsa.token(issuer.claims({{"aud", json::array{"x", "https://mcp.example.com/mcp"}}}))));
}

TEST_CASE("clocks may lie half a minute apart, no more") {
  Issuer issuer;
  const auto lets_in = [&](const json::object& change) {
    return issuer.lets_in(issuer.rsa.token(issuer.claims(change)));
  };
  CHECK(lets_in({{"exp", issuer.seconds(Milliseconds{-29'000})}}));
  CHECK_FALSE(lets_in({{"exp", issuer.seconds(Milliseconds{-30'000})}}));
  CHECK(lets_in({{"nbf", issuer.seconds(Milliseconds{30'000})}}));
  CHECK_FALSE(lets_in({{"nbf", issuer.seconds(Milliseconds{31'000})}}));
}

TEST_CASE("a header that asks for another algorithm, another type or an extension is refused unseen") {
  Issuer issuer;
  const auto claims = issuer.claims();
  for (const json::object& header : std::initializer_list<json::object>{{{"alg", "none"}},
                                                                        {{"alg", "HS256"}},
                                                                        {{"alg", "RS512"}},
                                                                        {{"alg", "ES256"}},
                                                                        {{"alg", "rs256"}},
                                                                        {{"alg", 1}},
                                                                        {{"typ", "id_token"}},
                                                                        {{"typ", 1}},
                                                                        {{"crit", json::array{"exp"}}},
                                                                        {{"kid", "../../etc/passwd"}},
                                                                        {{"kid", 1}}}) {
    INFO(json::text(header));
    CHECK_FALSE(issuer.lets_in(issuer.rsa.token(claims, header)));
  }
  CHECK(issuer.lets_in(issuer.rsa.token(claims, {{"typ", "JWT"}})));
  const auto good = issuer.rsa.token(claims);
  const auto signed_part = good.substr(0, good.rfind('.'));
  for (const auto& text : {std::string{}, std::string{".."}, signed_part, signed_part + ".", "x" + good, good + ".x",
                           std::string(9'000, '.')}) {
    CHECK_FALSE(issuer.lets_in(text));
  }
}

TEST_CASE("a public key is no secret: nobody signs with it by calling it one") {
  Issuer issuer;
  const auto forged = Signer{"rsa-1", "RS256", Signer::rsa("other").key};
  CHECK_FALSE(issuer.lets_in(forged.token(issuer.claims())));
  CHECK_FALSE(
      issuer.lets_in(forged.token(issuer.claims(), {{"jwk", forged.jwk()}, {"jku", "https://evil.example.com/"}})));
}

TEST_CASE("scopes become roles; a token without a known one is good and not enough") {
  Issuer issuer;
  const auto told = [&](json::value scope) {
    return issuer.tokens.holder_of(issuer.rsa.token(issuer.claims({{"scope", std::move(scope)}})));
  };
  CHECK(std::get<Holder>(told("admin")).principal->roles == std::vector<std::string>{"local"});
  CHECK(std::get<Holder>(told(json::array{"admin", "erp.read"})).principal->roles.size() == 3);
  for (const json::value& none : std::initializer_list<json::value>{nullptr, "", "openid", 1, "erp.read.all"}) {
    CHECK(std::holds_alternative<InsufficientScope>(told(none)));
  }
  CHECK(issuer.tokens.scopes() == "admin erp.read");
}

TEST_CASE("the tenant comes from the claim that the configuration names, and must be there") {
  Issuer issuer{"company"};
  const auto told = issuer.tokens.holder_of(issuer.rsa.token(issuer.claims({{"company", "acme"}})));
  CHECK(std::get<Holder>(told).principal->tenant == "acme");
  CHECK_FALSE(issuer.lets_in(issuer.rsa.token(issuer.claims())));
}

TEST_CASE("the doorkeeper takes tokens beside keys, names the metadata, and answers 403 to too small a scope") {
  Issuer issuer;
  metrics::Registry metrics;
  Doorkeeper doorkeeper{issuer.keyring,
                        issuer.clock,
                        metrics,
                        {&issuer.tokens, R"(, resource_metadata="https://mcp.example.com/m", scope="erp.read")"}};
  const auto key = issuer.add();
  CHECK(doorkeeper.admit("Bearer " + key.credential, "n").principal->subject == "ana");
  const auto admitted = doorkeeper.admit("Bearer " + issuer.rsa.token(issuer.claims()), "n");
  REQUIRE(admitted.principal);
  CHECK(admitted.principal->roles == std::vector<std::string>{"finance", "sales"});
  CHECK(doorkeeper.admit("", "n").challenge ==
        R"(Bearer realm="tomada", resource_metadata="https://mcp.example.com/m", scope="erp.read")");
  const auto wrong = doorkeeper.admit("Bearer a.b.c", "n");
  CHECK(wrong.status == 401);
  CHECK(
      wrong.challenge ==
      R"(Bearer realm="tomada", error="invalid_token", resource_metadata="https://mcp.example.com/m", scope="erp.read")");
  const auto small = doorkeeper.admit("Bearer " + issuer.rsa.token(issuer.claims({{"scope", "openid"}})), "n");
  CHECK(small.status == 403);
  CHECK_THAT(small.challenge, Catch::Contains(R"(error="insufficient_scope")"));
  const auto edition = doorkeeper.edition();
  const auto next = Signer::rsa("rsa-2");
  issuer.clock.advance(hour);
  issuer.publish({&next});
  CHECK(doorkeeper.edition() != edition);  // who was let in is looked at again
}
