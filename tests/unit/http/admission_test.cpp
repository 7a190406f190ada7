// Who may come in when a doorkeeper stands at the door.
#include "core/auth/key_watch.hpp"
#include "core/base/text.hpp"
#include "tests/unit/http/support.hpp"
#include "transports/http/address.hpp"

#include <future>

using namespace tomada;
using namespace tomada::http::test;

namespace {

// A server that asks for a key, with the two keys that it knows.
struct Guarded {
  explicit Guarded(const auth::Limits* limits = nullptr) {
    for (auto* issued : {&ana, &bia}) {
      const std::string subject = issued == &ana ? "ana" : "bia";
      *issued = keys.add(subject, Principal{subject, "acme", {"sales"}}, {}).value();
    }
    REQUIRE(keyring.refresh().has_value());
    http::Options options;
    options.doorkeeper = &doorkeeper;
    options.limits = limits;
    std::vector<http::Route> routes{{"/open",
                                     [] {
                                       return http::RouteAnswer{200, "text/plain", "open"};
                                     }},
                                    {"/closed",
                                     [] {
                                       return http::RouteAnswer{200, "text/plain", "closed"};
                                     },
                                     http::Guard::origin_and_host, true}};
    fixture.emplace(std::move(options), true, std::move(routes));
  }
  [[nodiscard]] Reading ask(std::string_view bytes) { return fixture->ask(bytes); }

  SystemClock clock;
  std::unique_ptr<storage::Store> store = storage::make_memory_store(clock);
  auth::Keys keys{*store, clock};
  auth::Keyring keyring{keys, clock};
  metrics::Registry metrics;
  auth::Doorkeeper doorkeeper{keyring, clock, metrics};
  auth::Issued ana, bia;
  std::optional<Fixture> fixture;
};

std::string bearer(const auth::Issued& issued) { return "Authorization: Bearer " + issued.credential + "\r\n"; }

}  // namespace

TEST_CASE("a key decides who speaks, request by request on one connection") {
  Guarded guarded;
  Client client{guarded.fixture->port};
  for (const auto* issued : {&guarded.ana, &guarded.ana, &guarded.bia, &guarded.ana}) {
    client.send(post("1", bearer(*issued)));
    auto received = guarded.fixture->receiver.next();
    CHECK(received.principal->subject == issued->key.name);
    CHECK(received.principal->roles == std::vector<std::string>{"sales"});
    received.reply->answer({200, "{}", 0});
    CHECK(client.read().status == 200);
  }
}

TEST_CASE("the stream of a key that is revoked ends; nobody else's does") {
  Guarded guarded;
  const auto open = [&](Client& client, const auth::Issued& issued, std::promise<void>& gone) {
    client.send(get("/mcp", "Accept: text/event-stream\r\n" + bearer(issued)));
    const auto stream = guarded.fixture->receiver.next();
    stream.reply->begin({});
    (void)client.read_until("\r\n\r\n");
    stream.reply->on_disconnect([&gone] { gone.set_value(); });
    return stream.reply;
  };
  std::promise<void> ana_left, bia_left;
  Client ana{guarded.fixture->port}, bia{guarded.fixture->port};
  const auto of_ana = open(ana, guarded.ana, ana_left), of_bia = open(bia, guarded.bia, bia_left);
  REQUIRE(guarded.keys.revoke(guarded.ana.key.id).has_value());
  REQUIRE(guarded.keyring.refresh().has_value());
  CHECK(ana_left.get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready);
  CHECK(ana.is_ended());
  of_bia->notify("{\"n\":1}");
  CHECK_THAT(bia.read_until("\n\n"), Catch::Contains("{\"n\":1}"));
  of_bia->answer({202, {}});
}

TEST_CASE("without a key nothing is read: 401 with the challenge, a JSON-RPC error, and the connection goes on") {
  Guarded guarded;
  Client client{guarded.fixture->port};
  client.send(post("{no json"));
  const auto missing = client.read();
  CHECK(missing.status == 401);
  CHECK(missing.header("www-authenticate") == R"(Bearer realm="tomada")");
  CHECK(json::read(missing.body)->at("error").at("code").as_int64() == -32600);
  client.send(post("1", "Authorization: Bearer wrong-key\r\n"));
  const auto wrong = client.read();
  CHECK(wrong.status == 401);
  CHECK(wrong.header("www-authenticate") == R"(Bearer realm="tomada", error="invalid_token")");
  CHECK(wrong.body.find("wrong-key") == std::string::npos);
  client.send(post("1", bearer(guarded.ana)));
  guarded.fixture->receiver.next().reply->answer({200, "{}", 0});
  CHECK(client.read().status == 200);
  CHECK(guarded.fixture->receiver.count() == 1);
}

TEST_CASE("a revoked key is refused from the next request on, also on a connection that was let in with it") {
  Guarded guarded;
  Client client{guarded.fixture->port};
  client.send(post("1", bearer(guarded.ana)));
  guarded.fixture->receiver.next().reply->answer({200, "{}", 0});
  CHECK(client.read().status == 200);
  REQUIRE(guarded.keys.revoke(guarded.ana.key.id).has_value());
  REQUIRE(guarded.keyring.refresh().has_value());
  client.send(post("2", bearer(guarded.ana)));
  CHECK(client.read().status == 401);
}

TEST_CASE("what another process changes in the store is heard without a request") {
  Guarded guarded;
  const auth::KeyWatch watch{guarded.keyring, Milliseconds{1}};
  REQUIRE(guarded.keys.revoke(guarded.ana.key.id).has_value());
  const auto late = guarded.keys.add("caio", Principal{"caio", "acme", {}}, {}).value();
  while (!guarded.keyring.find(late.credential)) std::this_thread::yield();
  CHECK_FALSE(guarded.keyring.find(guarded.ana.credential).has_value());
}

TEST_CASE("routes that need a principal ask for a key, the others do not; a preflight never carries one") {
  Guarded guarded;
  CHECK(guarded.ask(get("/open")).status == 200);
  const auto closed = guarded.ask(get("/closed"));
  CHECK(closed.status == 401);
  CHECK(closed.header("www-authenticate") == R"(Bearer realm="tomada")");
  CHECK(closed.body.find("jsonrpc") == std::string::npos);
  CHECK(guarded.ask(get("/closed", bearer(guarded.ana))).body == "closed");
  CHECK(guarded.ask(get("/nowhere")).status == 404);
  CHECK(guarded.ask("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n").status == 204);
  CHECK(guarded.ask(get("/mcp")).status == 401);  // whatever the method
  CHECK(guarded.ask(post("1", "Origin: https://evil.example.com\r\n" + bearer(guarded.ana))).status == 403);
}

TEST_CASE("two Authorization fields are refused: a proxy may have read the other one") {
  Guarded guarded;
  CHECK(guarded.ask(post("1", bearer(guarded.ana) + bearer(guarded.bia))).status == 400);
}

TEST_CASE("a client that guesses keys hears 429 and when to come again") {
  Guarded guarded;
  Client client{guarded.fixture->port};
  Reading last;
  for (int i = 0; i < 200 && last.status != 429; ++i) {
    client.send(post("1", "Authorization: Bearer guess\r\n"));
    last = client.read();
  }
  CHECK(last.status == 429);
  CHECK(last.header("retry-after") == "1");
  CHECK(last.header("www-authenticate").empty());
}

TEST_CASE("an address that has no call left is turned away before its request is read") {
  SystemClock clock;
  auth::Limits limits{clock};
  limits.replace({0, 1, {}});
  Guarded guarded{&limits};
  CHECK_FALSE(limits.take(Principal{}, "tool", http::network_of({http::asio::ip::make_address("127.0.0.1"), 1})));
  const auto told = guarded.ask(post("{no json", bearer(guarded.ana)));
  CHECK(told.status == 429);
  CHECK(std::stoi(told.header("retry-after")) > 50);
  CHECK(guarded.fixture->receiver.count() == 0);
  CHECK(guarded.ask(get("/open")).status == 200);
}

TEST_CASE("a host counts by its IPv4 address, however it is written, or by its IPv6 network") {
  const auto network = [](const char* address) {
    return http::network_of({http::asio::ip::make_address(address), 4711});
  };
  CHECK(network("192.0.2.1") == network("::ffff:192.0.2.1"));
  CHECK(network("192.0.2.1") != network("192.0.2.2"));
  CHECK(network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9"));
  CHECK(network("2001:db8:1:2::1") != network("2001:db8:1:3::1"));
}
