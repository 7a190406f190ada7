#include "core/auth/keys.hpp"

#include "tests/unit/auth/support.hpp"

using namespace tomada;
using namespace tomada::auth;
using tomada::auth::test::Fixture;
using tomada::auth::test::hour;

TEST_CASE("a new key has the shape that scanners look for, and no two are alike") {
  const auto first = make_credential(), second = make_credential();
  CHECK(first != second);
  CHECK(first.substr(0, 4) == "tmd_");
  const auto parts = read_credential(first);
  REQUIRE(parts.has_value());
  CHECK(parts->id.size() == 8);
  CHECK(parts->secret.size() == 43);
  for (const std::string text : {"", "tmd_", "tmd_0011223", "tmd_00112233_short"}) CHECK_FALSE(read_credential(text));
  CHECK_FALSE(read_credential("TMD" + first.substr(3)));
  CHECK_FALSE(read_credential(first + "A"));
  CHECK_FALSE(read_credential(first.substr(0, first.size() - 1) + "="));
}

TEST_CASE("of a key only the digest of its secret is kept") {
  Fixture fixture;
  const auto issued = fixture.add();
  const auto secret = std::string{read_credential(issued.credential)->secret};
  std::string kept;
  const auto all = [&kept](std::string_view key, std::string_view value) { kept.append(key).append(value); };
  REQUIRE(fixture.store->scan("auth.keys", {}, all).has_value());
  CHECK(kept.find(issued.key.id) != std::string::npos);
  CHECK(kept.find(secret) == std::string::npos);
  CHECK(kept.find(write(digest(secret))) != std::string::npos);
}

TEST_CASE("a key remembers whom it belongs to; its roles are sorted and named once") {
  Fixture fixture;
  const auto issued = fixture.add("reports", hour);
  const auto listed = fixture.keys.list();
  REQUIRE(listed.has_value());
  REQUIRE(listed->size() == 1);
  const auto& key = listed->front();
  CHECK(key.id == issued.key.id);
  CHECK(key.name == "reports");
  CHECK(key.principal == Principal{"ana", "acme", {"finance", "sales"}});
  CHECK(key.expires == key.created + hour);
}

TEST_CASE("a revoked key stays in the list and stays revoked since the first time") {
  Fixture fixture;
  const auto issued = fixture.add();
  const auto first = fixture.keys.revoke(issued.key.id);
  REQUIRE(first.has_value());
  fixture.clock.advance(hour);
  const auto again = fixture.keys.revoke(issued.key.id);
  REQUIRE(again.has_value());
  CHECK(again->revoked == first->revoked);
  CHECK(fixture.keys.list()->size() == 1);
  const auto unknown = fixture.keys.revoke("00000000");
  REQUIRE(unknown.has_error());
  CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("a rotated key ends after the overlap, the new one has the same holder and lifetime") {
  Fixture fixture;
  const auto old = fixture.add("reports", hour * 100);
  fixture.clock.advance(hour);
  const auto next = fixture.keys.rotate(old.key.id, hour * 2);
  REQUIRE(next.has_value());
  CHECK(next->key.principal == old.key.principal);
  CHECK(next->key.name == "reports");
  CHECK(next->key.expires == fixture.clock.wall_now() + hour * 100);
  fixture.refresh();
  CHECK(fixture.opens(old.credential));
  CHECK(fixture.opens(next->credential));
  fixture.clock.advance(hour * 2);
  CHECK_FALSE(fixture.opens(old.credential));
  CHECK(fixture.opens(next->credential));
}

TEST_CASE("a rotation never lengthens the life of the old key, and a key that is not good cannot be rotated") {
  Fixture fixture;
  const auto old = fixture.add("reports", hour);
  REQUIRE(fixture.keys.rotate(old.key.id, hour * 24).has_value());
  CHECK(fixture.keys.list()->front().expires == old.key.expires);
  fixture.clock.advance(hour);
  const auto late = fixture.keys.rotate(old.key.id, hour);
  REQUIRE(late.has_error());
  CHECK(late.error().message == "the key " + old.key.id + " has expired");
  const auto other = fixture.add();
  REQUIRE(fixture.keys.revoke(other.key.id).has_value());
  CHECK(fixture.keys.rotate(other.key.id, hour).has_error());
  CHECK(fixture.keys.rotate("nothing", hour).error().code == ErrorCode::not_found);
}

TEST_CASE("a record that is no key opens nothing and hides no other key") {
  Fixture fixture;
  const auto issued = fixture.add();
  REQUIRE(fixture.store->put("auth.keys", "deadbeef", "{\"secret\":1}").has_value());
  REQUIRE(fixture.store->put("auth.keys", "cafecafe", "no json").has_value());
  fixture.refresh();
  CHECK(fixture.keys.list()->size() == 1);
  CHECK(fixture.opens(issued.credential));
}
