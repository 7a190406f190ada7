#include "core/auth/keyring.hpp"

#include "core/auth/doorkeeper.hpp"
#include "tests/unit/auth/support.hpp"

using namespace tomada;
using namespace tomada::auth;
using tomada::auth::test::Fixture;
using tomada::auth::test::hour;

namespace {

constexpr const char* configured = "0123456789abcdef0123456789abcdef";

struct Door : Fixture {
  metrics::Registry metrics;
  Doorkeeper doorkeeper{keyring, clock, metrics};
  [[nodiscard]] double refused(const char* reason) const {
    return metrics.value("tomada_auth_refused_total", {{"reason", reason}}).value_or(0);
  }
};

}  // namespace

TEST_CASE("a key opens until it expires or is revoked; what another process changes holds after the next look") {
  Fixture fixture;
  const auto brief = fixture.add("brief", hour), lasting = fixture.add("lasting");
  CHECK(fixture.keyring.find(brief.credential)->principal->subject == "ana");
  CHECK(fixture.opens(lasting.credential));
  fixture.clock.advance(hour);
  CHECK_FALSE(fixture.opens(brief.credential));
  CHECK(fixture.opens(lasting.credential));
  const auto edition = fixture.keyring.edition();
  fixture.refresh();
  CHECK(fixture.keyring.edition() == edition);  // nothing has changed
  REQUIRE(fixture.keys.revoke(lasting.key.id).has_value());
  fixture.refresh();
  CHECK(fixture.keyring.edition() != edition);
  CHECK_FALSE(fixture.opens(lasting.credential));
}

TEST_CASE("no other secret opens under a known id, and no changed character") {
  Fixture fixture;
  const auto issued = fixture.add();
  for (std::size_t at = 0; at < issued.credential.size(); ++at) {
    auto changed = issued.credential;
    changed[at] = changed[at] == 'a' ? 'b' : 'a';
    if (changed != issued.credential) CHECK_FALSE(fixture.opens(changed));
  }
  CHECK_FALSE(fixture.opens(""));
  CHECK_FALSE(fixture.opens(issued.key.id));
}

TEST_CASE("the configuration's keys open as whole texts and are replaced as a whole") {
  Fixture fixture;
  fixture.keyring.configure({{configured, Principal{"bot", "acme", {"finance"}}}});
  REQUIRE(fixture.opens(configured));
  CHECK(fixture.keyring.find(configured)->principal->subject == "bot");
  const auto issued = fixture.add();
  CHECK(fixture.opens(configured));  // the state folder's keys come beside them
  CHECK(fixture.keyring.size() == 2);
  fixture.keyring.configure({});
  CHECK_FALSE(fixture.opens(configured));
  CHECK(fixture.opens(issued.credential));
}

TEST_CASE("the first key stays over a change of the configuration, which decides about it where it names it") {
  Fixture fixture;
  CHECK(fixture.keyring.has_none());
  fixture.keyring.accept({configured, Principal{"first", "default", {"local"}}});
  CHECK_FALSE(fixture.keyring.has_none());
  fixture.keyring.configure({});
  REQUIRE(fixture.opens(configured));
  CHECK(fixture.keyring.find(configured)->principal->subject == "first");
  fixture.keyring.configure({{configured, Principal{"bot", "acme", {"finance"}}}});
  CHECK(fixture.keyring.find(configured)->principal->subject == "bot");
}

TEST_CASE("a revoked key cannot come back as the first key") {
  Fixture fixture;
  const auto issued = fixture.add();
  fixture.keyring.accept({issued.credential, Principal{"first", "default", {"local"}}});
  CHECK(fixture.keyring.find(issued.credential)->principal->subject == "ana");
  REQUIRE(fixture.keys.revoke(issued.key.id).has_value());
  fixture.refresh();
  CHECK_FALSE(fixture.opens(issued.credential));
}

TEST_CASE("a key's last use is written at most once a minute, and changes no key") {
  Fixture fixture;
  const auto issued = fixture.add();
  const auto version = fixture.keys.version().value();
  REQUIRE(fixture.keyring.write_uses().has_value());
  CHECK(fixture.keys.last_uses()->empty());
  const auto first = fixture.clock.wall_now();
  CHECK(fixture.opens(issued.credential));
  REQUIRE(fixture.keyring.write_uses().has_value());
  CHECK(fixture.keys.last_uses()->at(issued.key.id) == first);
  fixture.clock.advance(Milliseconds{59'000});
  CHECK(fixture.opens(issued.credential));
  REQUIRE(fixture.keyring.write_uses().has_value());
  CHECK(fixture.keys.last_uses()->at(issued.key.id) == first);
  fixture.clock.advance(Milliseconds{1'000});
  CHECK(fixture.opens(issued.credential));
  REQUIRE(fixture.keyring.write_uses().has_value());
  CHECK(fixture.keys.last_uses()->at(issued.key.id) == fixture.clock.wall_now());
  CHECK(fixture.keys.version().value() == version);
}

TEST_CASE("the doorkeeper admits the holder of a good key, for no longer than the key lives") {
  Door door;
  const auto issued = door.add("brief", Milliseconds{10'000});
  for (const std::string scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const auto admission = door.doorkeeper.admit(scheme + issued.credential, "network");
    REQUIRE(admission.principal);
    CHECK(admission.principal->tenant == "acme");
    CHECK(admission.until == door.clock.steady_now() + Milliseconds{10'000});
  }
  door.clock.advance(Milliseconds{10'000});
  CHECK_FALSE(door.doorkeeper.admit("Bearer " + issued.credential, "network").principal);
}

TEST_CASE("who shows nothing is asked for a key; who shows anything wrong hears the same whatever is wrong") {
  Door door;
  const auto nothing = door.doorkeeper.admit("", "network");
  CHECK_FALSE(nothing.principal);
  CHECK(nothing.status == 401);
  CHECK(nothing.challenge == R"(Bearer realm="tomada")");
  const auto revoked = door.add(), expired = door.add("brief", Milliseconds{1});
  REQUIRE(door.keys.revoke(revoked.key.id).has_value());
  door.refresh();
  door.clock.advance(Milliseconds{2});
  const std::vector<std::string> wrong{"Bearer ",
                                       "Bearer x",
                                       "Basic YTpi",
                                       "Bearer " + revoked.credential,
                                       "Bearer " + expired.credential,
                                       revoked.credential,
                                       std::string(70'000, 'B')};
  for (const auto& authorization : wrong) {
    const auto admission = door.doorkeeper.admit(authorization, "network");
    CHECK_FALSE(admission.principal);
    CHECK(admission.status == 401);
    CHECK(admission.reason == "the credentials are not valid");
    CHECK(admission.challenge == R"(Bearer realm="tomada", error="invalid_token")");
  }
  CHECK(door.refused("missing") == 1);
  CHECK(door.refused("invalid") == static_cast<double>(wrong.size()));
}

TEST_CASE("a network that guesses again and again is told to wait, and good keys from there still come in") {
  Door door;
  const auto issued = door.add();
  for (int i = 0; i < 60; ++i) CHECK(door.doorkeeper.admit("Bearer guess", "network").status == 401);
  const auto told = door.doorkeeper.admit("Bearer guess", "network");
  CHECK(told.status == 429);
  CHECK(told.retry_after_seconds == 1);
  CHECK(told.challenge.empty());
  CHECK(door.doorkeeper.admit("Bearer guess", "another").status == 401);
  CHECK(door.doorkeeper.admit("", "network").status == 401);
  CHECK(door.doorkeeper.admit("Bearer " + issued.credential, "network").principal);
  door.clock.advance(Milliseconds{1'000});
  CHECK(door.doorkeeper.admit("Bearer guess", "network").status == 401);
  CHECK(door.refused("flooding") == 1);
}
