// Whether a client that only listens is still there: it is asked, and its session ends when it answers no more.
#include "tests/unit/session/streaming_client.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::ProtocolBench;
using test::status_of;
using Client = test::StreamingClient;

constexpr Milliseconds interval{30'000};

// One interval passes. When the alarm would look again.
std::optional<Milliseconds> pass(ProtocolBench& bench) {
  bench.clock.advance(interval);
  const auto next = bench.endpoint->look();
  if (!next) return std::nullopt;
  return std::chrono::duration_cast<Milliseconds>(*next - bench.clock.steady_now());
}

std::string pong(const std::string& ping) {
  const auto id = json::read(ping).value().at("id").as_int64();
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"result":{}})";
}

}  // namespace

TEST_CASE("a client that listens and answers is asked again and again, each time with another id") {
  ProtocolBench bench{Transport::http, 100, interval};
  const Client client{bench, "2025-11-25"};
  const auto stream = client.get();
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(pass(bench) == interval);
    const auto pings = stream->notices();
    REQUIRE(pings.size() == i + 1);
    CHECK(json::read(pings[i]).value().at("method") == "ping");
    if (i > 0) CHECK(pings[i] != pings[i - 1]);
    CHECK(status_of(*client.send(pong(pings[i]))) == 202);
  }
  CHECK(stream->answers().empty());
}

TEST_CASE("three pings without an answer end the session; an answer to one of them, or any request, does not") {
  ProtocolBench bench{Transport::http, 100, interval};
  const Client silent{bench, "2025-06-18"}, late{bench, "2025-06-18"};
  const auto quiet = silent.get(), stream = late.get();
  for (int i = 0; i < 3; ++i) {
    (void)pass(bench);
    CHECK(quiet->answers().empty());
  }
  CHECK(status_of(*late.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})")) == 200);
  (void)pass(bench);
  CHECK(quiet->notices().size() == 3);
  CHECK(quiet->answers().size() == 1);
  CHECK(status_of(*silent.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})")) == 404);
  CHECK(stream->answers().empty());
}

TEST_CASE("who does not listen, or speaks often enough, is not asked; and nobody is unless it is configured") {
  ProtocolBench bench{Transport::http, 100, interval}, never{Transport::http};
  const Client busy{bench, "2025-11-25"}, deaf{bench, "2025-11-25"}, unasked{never, "2025-11-25"};
  const auto stream = busy.get(), other = unasked.get();
  for (int i = 0; i < 10; ++i) {
    bench.clock.advance(interval / 2);
    CHECK(status_of(*busy.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})")) == 200);
    (void)bench.endpoint->look();
    (void)pass(never);
  }
  CHECK(stream->notices().empty());
  CHECK(other->notices().empty());
  CHECK(status_of(*deaf.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})")) == 200);
}

TEST_CASE("a ping is not told again to who comes back") {
  ProtocolBench bench{Transport::http, 100, interval};
  const Client client{bench, "2025-11-25"};
  const auto first = client.get();
  (void)pass(bench);
  bench.changes.tell(registry::Changed::tools);
  CHECK(first->notices().size() == 2);
  const auto second = client.get(first->events().at(0));
  CHECK(second->notices() == std::vector<std::string>{first->notices()[1]});
  CHECK(client.get(first->events().at(1))->notices().size() == 1);
}

TEST_CASE("the client of an HTTP+SSE stream is asked too, and gone with its stream") {
  ProtocolBench bench{Transport::http, 100, interval};
  const auto stream = std::make_shared<FakeReply>();
  bench.endpoint->open_sse(stream, bench.principal);
  for (int i = 0; i < 4; ++i) (void)pass(bench);
  CHECK(stream->notices().size() == 3);
  CHECK(stream->answers().size() == 1);
}
