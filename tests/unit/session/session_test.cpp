// Legacy sessions over HTTP: what a client sends, with which headers, and what it gets.
#include "core/json/writer.hpp"
#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace {

using namespace tomada;
using registry::Changed;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::ProtocolBench;

constexpr auto* tools_changed = R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})";

struct Client {
  ProtocolBench& bench;
  std::string revision = "2025-11-25";
  std::string id{};

  void begin(std::string_view capabilities = "{}") {
    const auto reply =
        bench.send(text::concat({R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{)",
                                 R"("protocolVersion":")", revision, R"(","capabilities":)", capabilities, "}}"}),
                   FakeHeaders{});
    REQUIRE(reply->answers().size() == 1);
    id = reply->answers()[0].session;
  }
  [[nodiscard]] FakeHeaders headers() const {
    return {{"Mcp-Session-Id", id}, {"MCP-Protocol-Version", revision}, {"Accept", "text/event-stream"}};
  }
  std::shared_ptr<FakeReply> send(const std::string& frame) const { return bench.send(frame, headers()); }
  std::shared_ptr<FakeReply> open() const {
    auto reply = std::make_shared<FakeReply>();
    bench.endpoint->open_stream(headers(), reply, bench.principal);
    return reply;
  }
  int end() const {
    const auto reply = std::make_shared<FakeReply>();
    bench.endpoint->end_session(headers(), reply, bench.principal);
    return reply->answers().at(0).status;
  }
};

const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
int status_of(const FakeReply& reply) { return reply.answers().at(0).status; }

}  // namespace

TEST_CASE("an initialize over HTTP begins a session with an id that nobody can guess") {
  ProtocolBench bench{Transport::http};
  std::set<std::string> ids;
  for (int i = 0; i < 50; ++i) {
    Client client{bench};
    client.begin();
    CHECK(client.id.size() >= 32);  // 128 bits as hex digits
    CHECK(client.id.find_first_not_of("0123456789abcdef") == std::string::npos);
    ids.insert(client.id);
  }
  CHECK(ids.size() == 50);
}

TEST_CASE("an initialize that is refused begins nothing, and none begins on a pipe or in the modern era") {
  ProtocolBench bench{Transport::http};
  const auto refused = bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{}})", FakeHeaders{});
  CHECK(refused->answers().at(0).session.empty());
  ProtocolBench pipe{Transport::stdio};
  const auto begun =
      pipe.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})");
  CHECK(begun->answers().at(0).session.empty());
}

TEST_CASE("a session keeps the agreed revision, also when its requests do not name it") {
  ProtocolBench bench{Transport::http};
  Client client{bench, "2025-06-18"};
  client.begin();
  const auto call = bench.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}})",
                               FakeHeaders{{"Mcp-Session-Id", client.id}});
  CHECK(status_of(*call) == 200);
  CHECK(bench.last.protocol == "2025-06-18");
}

TEST_CASE("an unknown session, an ended one and somebody else's are not found, and a client without one is served") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  CHECK(status_of(*client.send(ping)) == 200);
  bench.principal.subject = "somebody else";
  CHECK(status_of(*client.send(ping)) == 404);
  CHECK(client.end() == 404);
  bench.principal.subject = "local";
  CHECK(client.end() == 204);
  const auto gone = client.send(ping);
  CHECK(status_of(*gone) == 404);
  CHECK(json::read(gone->answers()[0].body).value().at("id") == 1);
  CHECK(json::read(gone->answers()[0].body).value().at("error").at("code") == -32001);
  CHECK(client.end() == 404);
  CHECK(status_of(*client.open()) == 404);
  CHECK(status_of(*bench.send(ping, FakeHeaders{})) == 200);
  CHECK(status_of(*bench.send(ping, FakeHeaders{{"Mcp-Session-Id", "no such session"}})) == 404);
}

TEST_CASE("a modern request does not look at the session") {
  ProtocolBench bench{Transport::http};
  const auto reply = bench.send(
      text::concat({R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{)",
                    R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                    R"("io.modelcontextprotocol/clientCapabilities":{}}}})"}),
      FakeHeaders{
          {"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/list"}, {"Mcp-Session-Id", "whatever"}});
  CHECK(status_of(*reply) == 200);
}

TEST_CASE("without a session there is no stream to open and nothing to end") {
  ProtocolBench bench{Transport::http};
  Client nobody{bench};
  const FakeHeaders none{{"Accept", "text/event-stream"}};
  for (const bool opens : {true, false}) {
    const auto reply = std::make_shared<FakeReply>();
    const auto& who = bench.principal;
    opens ? bench.endpoint->open_stream(none, reply, who) : bench.endpoint->end_session(none, reply, who);
    CHECK(status_of(*reply) == 405);
  }
}

TEST_CASE("a session's own stream hears of changes; a second one has to wait until the first has gone") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  const auto stream = client.open();
  CHECK(stream->has_begun());
  CHECK(status_of(*client.open()) == 409);
  bench.changes.tell(Changed::tools);
  CHECK(stream->notices() == std::vector<std::string>{tools_changed});
  bench.changes.tell_updated("erp://orders");  // nobody subscribed
  CHECK(stream->notices().size() == 1);
  stream->disconnect();
  const auto next = client.open();
  CHECK(next->answers().empty());
  bench.clock.advance(Milliseconds{1000});
  bench.changes.tell(Changed::tools);
  CHECK(next->notices().size() == 1);
  CHECK(client.end() == 204);
  CHECK(next->answers().size() == 1);
}

TEST_CASE("what changed before a session had its stream is told when it opens, once") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  for (int i = 0; i < 3; ++i) {
    bench.changes.tell(Changed::tools);
    bench.clock.advance(Milliseconds{1000});
    (void)bench.endpoint->look();
  }
  CHECK(client.open()->notices() == std::vector<std::string>{tools_changed});
}

TEST_CASE("a stream is not opened for a client that does not take one") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  const auto reply = std::make_shared<FakeReply>();
  reply->refuse_notices();
  bench.endpoint->open_stream(client.headers(), reply, bench.principal);
  CHECK(status_of(*reply) == 406);
}

TEST_CASE("on a pipe a change is told between the answers, once a handshake was made") {
  ProtocolBench bench{Transport::stdio};
  const auto outlet = std::make_shared<FakeReply>();
  bench.endpoint->attach(outlet);
  bench.changes.tell(Changed::tools);
  CHECK(outlet->notices().empty());
  const auto begun =
      bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2024-11-05"}})");
  CHECK(begun->answers().at(0).body.find(R"("listChanged":true)") != std::string::npos);
  bench.clock.advance(Milliseconds{1000});
  bench.changes.tell(Changed::tools);
  CHECK(outlet->notices() == std::vector<std::string>{tools_changed});
}

TEST_CASE("a session that nobody uses ends; an open stream or a call under way keeps it") {
  ProtocolBench bench{Transport::http};
  Client idle{bench}, streaming{bench}, calling{bench};
  for (auto* client : {&idle, &streaming, &calling}) client->begin();
  const auto stream = streaming.open();
  const auto call = calling.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}})");
  bench.clock.advance(std::chrono::minutes{31});
  CHECK(bench.endpoint->look().has_value());
  CHECK(status_of(*idle.send(ping)) == 404);
  CHECK(status_of(*streaming.send(ping)) == 200);
  CHECK(status_of(*calling.send(ping)) == 200);
}

TEST_CASE("within a session a call is cancelled by its id; another session's call is not") {
  ProtocolBench bench{Transport::http};
  Client one{bench}, two{bench};
  one.begin();
  two.begin();
  const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}})";
  const auto first = one.send(call);
  const auto second = two.send(call);
  CHECK(status_of(*one.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})")) ==
        202);
  CHECK(bench.waiting.at(0)->stop_token().stop_requested());
  CHECK_FALSE(bench.waiting.at(1)->stop_token().stop_requested());
  for (const auto& each : bench.waiting.all()) each->finish(test::result_of("{}"));
  CHECK(first->answers().at(0).body.empty());  // the request ends, without a response
  CHECK(second->answers().at(0).body.find("structuredContent") != std::string::npos);
}

TEST_CASE("of what a client declares a session remembers what can be asked of it, and tells its tools") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  const auto long_settings = R"({"a":")" + std::string(200, 'x') + "\"}";
  client.begin(text::concat({R"({"experimental":{"a":[0,0,0]},"roots":{"listChanged":true,"b":1},"elicitation":{},)",
                             R"("sampling":{"tools":{"c":[1]},"d":{}},"extensions":{"acme/long":)", long_settings,
                             R"(,"io.modelcontextprotocol/ui":{"mimeTypes":["text/html"]},"acme/none":7}})"}));
  client.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}})");
  REQUIRE(bench.last.capabilities);
  CHECK(json::text(*bench.last.capabilities) ==
        R"({"roots":{"listChanged":true},"sampling":{"tools":{}},"elicitation":{},)"
        R"("extensions":{"acme/long":{},"io.modelcontextprotocol/ui":{"mimeTypes":["text/html"]}}})");
}

TEST_CASE("a lost connection cancels nothing in a session") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  const auto reply = client.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}})");
  reply->disconnect();
  CHECK_FALSE(bench.waiting.at(0)->stop_token().stop_requested());
}

TEST_CASE("a session hears as much of the log as it asked for") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  const std::string steps = R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"steps"}})";
  CHECK(client.send(steps)->notices().empty());
  const auto set = client.send(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"debug"}})");
  CHECK(set->answers().at(0).body == R"({"jsonrpc":"2.0","id":1,"result":{}})");
  CHECK(client.send(steps)->notices().size() == 2);
  client.send(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"warning"}})");
  const auto heard = client.send(steps)->notices();
  CHECK(heard ==
        std::vector<std::string>{R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"warning",)"
                                 R"("logger":"steps","data":"slow page"}})"});
  const auto wrong = client.send(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"loud"}})");
  CHECK(json::read(wrong->answers().at(0).body).value().at("error").at("code") == -32602);
}

TEST_CASE("when the server ends, streams end and none is opened") {
  ProtocolBench bench{Transport::http};
  Client client{bench};
  client.begin();
  const auto stream = client.open();
  bench.endpoint->end_streams();
  CHECK(stream->answers().size() == 1);
  CHECK(status_of(*client.open()) == 503);
}
