// Resources that a client watches: who may read one hears when it changes, nobody else does, in both eras.
#include "core/protocol/peer.hpp"
#include "tests/support/library_bench.hpp"
#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using session::Transport;
using test::FakeReply;
using test::ProtocolBench;
using Lines = std::vector<std::string>;

struct Pipe {
  Pipe() { bench.publish(bench.standard_tools(), test::library_prompts(), test::library_resources()); }
  std::string ask(std::string_view method, std::string_view uri) {  // on a pipe, after a handshake
    const auto reply = bench.send(
        text::concat({R"({"jsonrpc":"2.0","id":2,"method":")", method, R"(","params":{"uri":")", uri, R"("}})"}));
    return reply->answers().at(0).body;
  }
  void begin() {
    bench.endpoint->attach(outlet);
    (void)bench.send(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
                     R"("capabilities":{},"clientInfo":{"name":"x","version":"1"}}})");
  }
  ProtocolBench bench{Transport::stdio};
  std::shared_ptr<FakeReply> outlet = std::make_shared<FakeReply>();
};

constexpr auto* done = R"({"jsonrpc":"2.0","id":2,"result":{}})";
constexpr auto* updated =
    R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"fake://text"}})";

}  // namespace

TEST_CASE("a subscribed resource's changes are told, until the subscription ends") {
  Pipe pipe;
  pipe.begin();
  CHECK(pipe.ask("resources/subscribe", "fake://text") == done);
  pipe.bench.changes.tell_updated("fake://text");
  pipe.bench.changes.tell_updated("fake://blob");
  CHECK(pipe.outlet->notices() == Lines{updated});
  CHECK(pipe.ask("resources/unsubscribe", "fake://text") == done);
  pipe.bench.clock.advance(Milliseconds{1000});
  pipe.bench.changes.tell_updated("fake://text");
  CHECK(pipe.outlet->notices() == Lines{updated});
}

TEST_CASE("a resource that a role hides cannot be told from one that does not exist") {
  Pipe pipe;
  pipe.bench.principal.roles = {"clerk"};
  pipe.begin();
  for (const std::string uri : {"fake://text", "fake://nothing"}) {
    CHECK(pipe.ask("resources/subscribe", uri) ==
          R"({"jsonrpc":"2.0","id":2,"error":{"code":-32002,"message":"there is no resource \")" + uri +
              R"(\"","data":{"uri":")" + uri + R"("}}})");
  }
  pipe.bench.changes.tell_updated("fake://text");
  CHECK(pipe.outlet->notices().empty());
}

TEST_CASE("a stream hears of those resources only that its principal may read") {
  const std::string frame =
      R"({"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"resourceSubscriptions":)"
      R"(["fake://text","fake://item/7","fake://nothing"]},"_meta":{"io.modelcontextprotocol/protocolVersion":)"
      R"("2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})";
  const auto acknowledged = [](std::string_view honoured) {
    return text::concat({R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":)",
                         R"({"notifications":)", honoured,
                         R"(,"_meta":{"io.modelcontextprotocol/subscriptionId":1}}})"});
  };
  Pipe reader;
  CHECK(reader.bench.send(frame)->notices() ==
        Lines{acknowledged(R"({"resourceSubscriptions":["fake://item/7","fake://text"]})")});
  Pipe clerk;
  clerk.bench.principal.roles = {"clerk"};
  const auto stream = clerk.bench.send(frame);
  clerk.bench.changes.tell_updated("fake://text");
  CHECK(stream->notices() == Lines{acknowledged("{}")});
}

TEST_CASE("what a client watches is bounded by bytes, on each session and over all streams of a principal") {
  const auto address = [](int number, std::size_t size) {
    auto out = "fake://item/" + std::to_string(number) + "-";
    return out.append(size - out.size(), 'x');
  };
  Pipe pipe;
  pipe.begin();
  constexpr std::size_t size = 2000;
  constexpr int most = protocol::Peer::most_subscribed_bytes / size;
  for (int i = 0; i < most; ++i) CHECK(pipe.ask("resources/subscribe", address(i, size)) == done);
  CHECK_THAT(pipe.ask("resources/subscribe", address(most, size)), Catch::Contains("unsubscribe one"));
  CHECK(pipe.ask("resources/unsubscribe", address(0, size)) == done);
  CHECK(pipe.ask("resources/subscribe", address(most, size)) == done);

  const auto listen = [&](int number, std::size_t each) {
    std::string uris;
    for (int i = 0; i < 100; ++i) uris.append(i == 0 ? "\"" : ",\"").append(address(i, each)).append("\"");
    return pipe.bench.send(
        text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(number),
                      R"(,"method":"subscriptions/listen","params":{"notifications":{"resourceSubscriptions":[)", uris,
                      R"(]},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                      R"("io.modelcontextprotocol/clientCapabilities":{}}}})"}));
  };
  CHECK_THAT(listen(10, 2049)->answers().at(0).body, Catch::Contains("-32602"));
  std::size_t open_streams = 0;
  for (int i = 100; i < 130; ++i) open_streams += listen(i, 2048)->answers().empty() ? 1u : 0u;
  CHECK(open_streams > 10);
  CHECK(open_streams < 21);  // of 200 KB each: 4 MB
  pipe.bench.principal.subject = "somebody else";
  CHECK(listen(200, 2048)->answers().empty());
}
