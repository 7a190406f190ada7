// HTTP+SSE, the transport of 2024-11-05: the stream is the session; frames come in apart and are answered on it.
#include "core/json/writer.hpp"
#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::ProtocolBench;

const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
const std::string pong = R"({"jsonrpc":"2.0","id":1,"result":{}})";

int status_of(const FakeReply& reply) { return reply.answers().at(0).status; }

struct SseClient {
  ProtocolBench& bench;
  std::shared_ptr<FakeReply> stream = std::make_shared<FakeReply>();
  std::string id{};

  explicit SseClient(ProtocolBench& at) : bench{at} {
    bench.endpoint->open_sse(stream, bench.principal);
    const std::string path = "/messages?sessionId=";
    if (stream->endpoint().starts_with(path)) id = stream->endpoint().substr(path.size());
  }
  std::shared_ptr<FakeReply> post(std::string_view session, std::string_view frame) const {
    auto reply = std::make_shared<FakeReply>();
    bench.endpoint->receive_sse(session, frame, FakeHeaders{{"Accept", "*/*"}}, reply,
                                std::make_shared<const Principal>(bench.principal));
    return reply;
  }
  int send(std::string_view frame) const { return status_of(*post(id, frame)); }
  void initialize(std::string_view revision = "2024-11-05", std::string_view capabilities = "{}") const {
    CHECK(send(text::concat({R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")", revision,
                             R"(","capabilities":)", capabilities, "}}"})) == 202);
    CHECK(send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})") == 202);
  }
  [[nodiscard]] json::value heard(std::size_t index) const { return json::read(stream->notices().at(index)).value(); }
};

}  // namespace

TEST_CASE("a stream says where to send, and hears the answers to what is sent there") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench}, other{bench};
  CHECK(client.id.size() >= 32);
  CHECK(client.id != other.id);
  CHECK(client.stream->answers().empty());
  client.initialize();
  CHECK(client.stream->notices().size() == 1);  // nothing is said of a notification
  CHECK(client.heard(0).at("result").at("protocolVersion") == "2024-11-05");
  const auto reply = client.post(client.id, ping);
  CHECK(status_of(*reply) == 202);
  CHECK(reply->answers()[0].body.empty());
  CHECK(client.stream->notices().at(1) == pong);
  CHECK(client.stream->events() == std::vector<std::string>{"", ""});  // no ids: there is nothing to come back to
  CHECK(other.stream->notices().empty());
}

TEST_CASE("progress, the log and the answer of a call come on the stream, in the agreed revision") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  client.initialize("2025-06-18");
  CHECK(client.send(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"warning"}})") == 202);
  CHECK(client.send(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"steps",)"
                    R"("_meta":{"progressToken":"p"}}})") == 202);
  CHECK(client.heard(2).at("method") == "notifications/progress");
  CHECK(client.heard(client.stream->notices().size() - 1).at("id") == 2);
  CHECK(bench.logged().find("2025-06-18") != std::string::npos);
}

TEST_CASE("a question is asked on the stream and its answer sent like any frame") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  client.initialize("2025-06-18", R"({"elicitation":{}})");
  client.send(R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"question"}})");
  const auto question = client.heard(1);
  CHECK(question.at("method") == "elicitation/create");
  client.send(R"({"jsonrpc":"2.0","id":)" + json::text(question.at("id")) +
              R"(,"result":{"action":"accept","content":{"name":"Ana"}}})");
  CHECK(client.heard(2).at("id") == 5);
  CHECK(client.stream->notices()[2].find("Ana") != std::string::npos);
}

TEST_CASE("a batch is answered as one; a later revision has none") {
  ProtocolBench bench{Transport::http};
  const SseClient old{bench}, young{bench};
  old.initialize();
  young.initialize("2025-06-18");
  CHECK(old.send("[" + ping + "]") == 202);
  CHECK(old.stream->notices().at(1) == "[" + pong + "]");
  CHECK(young.send("[" + ping + "]") == 202);
  CHECK(young.heard(1).at("error").at("code") == -32600);
}

TEST_CASE("what cannot be read is refused where it came in") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  for (const auto* frame : {"", "{", "\xff\xfe", "17", R"({"jsonrpc":"1.0","id":1,"method":"ping"})"}) {
    const auto reply = client.post(client.id, frame);
    CHECK(status_of(*reply) == 400);
    CHECK(reply->answers()[0].body.find(R"("error")") != std::string::npos);
  }
  CHECK(client.stream->notices().empty());
}

TEST_CASE("the era without sessions is not spoken there") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  client.initialize();
  CHECK(client.send(R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{)"
                    R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                    R"("io.modelcontextprotocol/clientCapabilities":{}}}})") == 202);
  CHECK(client.heard(1).at("error").at("code") == -32601);
}

TEST_CASE("only its own principal reaches a session, and only by its own door") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  const auto begun = bench.send(
      R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})", FakeHeaders{});
  const auto streamable = begun->answers().at(0).session;
  CHECK(status_of(*bench.send(ping, FakeHeaders{{"Mcp-Session-Id", client.id}})) == 404);
  CHECK(status_of(*client.post(streamable, ping)) == 404);
  bench.principal.subject = "somebody else";
  const auto foreign = client.post(client.id, ping);
  bench.principal.subject = "local";
  const auto unknown = client.post(std::string(32, '0'), ping);
  CHECK(status_of(*foreign) == 404);
  CHECK(foreign->answers()[0].body == unknown->answers().at(0).body);
  for (const auto& id : {client.id + "0", client.id.substr(1), std::string(100'000, 'a'), std::string{"\xff\x01 "},
                         std::string{"../../etc/passwd"}, " " + client.id})
    CHECK(status_of(*client.post(id, ping)) == 404);
  CHECK(status_of(*client.post("", ping)) == 400);
  CHECK(client.stream->notices().empty());
}

TEST_CASE("the session ends with its stream; the server's end ends both") {
  ProtocolBench bench{Transport::http};
  const SseClient gone{bench}, staying{bench};
  gone.initialize();
  CHECK(gone.send(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"wait"}})") == 202);
  gone.stream->disconnect();
  CHECK(gone.send(ping) == 404);
  CHECK_FALSE(bench.waiting.at(0)->stop_token().stop_requested());
  bench.waiting.at(0)->finish(test::result_of("{}"));
  CHECK(gone.stream->notices().size() == 1);
  CHECK(staying.send(ping) == 202);
  bench.clock.advance(std::chrono::hours{2});
  (void)bench.endpoint->look();
  CHECK(staying.send(ping) == 202);  // an open stream is never idle
  bench.endpoint->end_streams();
  CHECK(staying.stream->answers().size() == 1);
  const SseClient late{bench};
  CHECK(status_of(*late.stream) == 503);
}

TEST_CASE("a stream hears what changes") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  client.initialize();
  bench.changes.tell(registry::Changed::tools);
  CHECK(client.heard(1).at("method") == "notifications/tools/list_changed");
}

TEST_CASE("a client that takes no stream is told, and there are only so many streams") {
  ProtocolBench bench{Transport::http};
  const auto reply = std::make_shared<FakeReply>();
  reply->refuse_notices();
  bench.endpoint->open_sse(reply, bench.principal);
  CHECK(status_of(*reply) == 406);
  std::vector<SseClient> clients;
  while (clients.empty() || clients.back().stream->answers().empty()) clients.emplace_back(bench);
  CHECK(clients.size() == 1001);
  CHECK(status_of(*clients.back().stream) == 503);
  clients.front().stream->disconnect();
  CHECK(SseClient{bench}.stream->answers().empty());
}

TEST_CASE("a frame that is dropped by a bug is answered all the same") {
  ProtocolBench bench{Transport::http};
  const SseClient client{bench};
  client.initialize();
  client.send(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"wait"}})");
  bench.waiting.clear();  // nobody has the call any more
  CHECK(client.heard(1).at("id") == 7);
  CHECK(client.heard(1).at("error").at("code") == -32603);
}
