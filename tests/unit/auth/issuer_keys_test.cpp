#include "core/auth/issuer_keys.hpp"

#include "tests/unit/auth/issuer.hpp"

using namespace tomada;
using namespace tomada::auth;
using tomada::auth::test::hour;
using tomada::auth::test::Issuer;
using tomada::auth::test::Signer;

TEST_CASE("an unknown key is fetched for once a minute at most; known ones go on meanwhile") {
  Issuer issuer;
  CHECK(issuer.fetches == 1);
  const auto next = Signer::rsa("rsa-2");
  const auto token = next.token(issuer.claims());
  CHECK_FALSE(issuer.lets_in(token));
  issuer.publish({&issuer.rsa, &next});  // looks, but it is too early
  CHECK(issuer.fetches == 1);
  CHECK_FALSE(issuer.lets_in(token));
  issuer.clock.advance(Milliseconds{60'000});
  const auto edition = issuer.tokens.edition();
  issuer.issuer_keys.look({});
  CHECK(issuer.fetches == 2);
  CHECK(issuer.tokens.edition() != edition);
  CHECK(issuer.lets_in(token));
  CHECK(issuer.lets_in(issuer.rsa.token(issuer.claims())));
  issuer.clock.advance(Milliseconds{120'000});
  issuer.issuer_keys.look({});
  CHECK(issuer.fetches == 2);  // nothing was missed
}

TEST_CASE("a key that the issuer takes back opens nothing after the next look") {
  Issuer issuer;
  const auto next = Signer::rsa("rsa-2");
  issuer.clock.advance(hour);
  issuer.publish({&next});
  CHECK_FALSE(issuer.lets_in(issuer.rsa.token(issuer.claims())));
  CHECK(issuer.lets_in(next.token(issuer.claims())));
}

TEST_CASE("a dead authorisation server takes nobody down: known keys stay good, and health says what is wrong") {
  Issuer issuer;
  CHECK(issuer.issuer_keys.condition().status == health::Status::healthy);
  for (const auto& answer : {Result<std::string>{failure(ErrorCode::unreachable, "connection refused")},
                             Result<std::string>{std::string{"<html>"}}}) {
    issuer.served = answer;
    issuer.clock.advance(hour);
    issuer.issuer_keys.look({});
    CHECK(issuer.lets_in(issuer.rsa.token(issuer.claims())));
    const auto condition = issuer.issuer_keys.condition();
    CHECK(condition.status == health::Status::degraded);
    CHECK_FALSE(condition.next_step.empty());
  }
  const int before = issuer.fetches;
  issuer.clock.advance(Milliseconds{10'000});  // again, before an hour has passed
  issuer.publish({&issuer.rsa});
  CHECK(issuer.fetches == before + 1);
  CHECK(issuer.issuer_keys.condition().status == health::Status::healthy);
}

TEST_CASE("only keys for signatures are taken, and no short ones") {
  const auto short_key = Signer::rsa("short", 1024), good = Signer::rsa("good");
  auto encrypting = good.jwk(), other_algorithm = good.jwk(), nameless = good.jwk(), broken = good.jwk();
  encrypting["kid"] = "1";
  encrypting["use"] = "enc";
  other_algorithm["kid"] = "2";
  other_algorithm["alg"] = "RS512";
  nameless.erase("kid");
  broken["kid"] = "3";
  broken["n"] = "!";
  const json::object shared{{"kid", "4"}, {"kty", "oct"}, {"k", "c2VjcmV0"}};
  const json::object set{
      {"keys", json::array{short_key.jwk(), encrypting, other_algorithm, nameless, broken, shared, 7, good.jwk()}}};
  const auto keys = read_key_set(json::text(set));
  REQUIRE(keys.has_value());
  CHECK(keys->size() == 1);
  CHECK(keys->contains("good"));
  for (const std::string text : {"", "[]", "{}", "{\"keys\":{}}"}) CHECK(read_key_set(text).has_error());
}
