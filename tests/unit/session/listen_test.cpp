// subscriptions/listen: what is sent, and what comes back, line by line.
#include "core/json/writer.hpp"
#include "core/protocol/modern/subscriptions.hpp"
#include "tests/support/protocol_bench.hpp"
#include "tests/unit/session/wire_schema.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using registry::Changed;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::ProtocolBench;
using Lines = std::vector<std::string>;

constexpr auto* revision = "2026-07-28";

std::string listen(std::string_view id, std::string_view params = R"("notifications":{"toolsListChanged":true})") {
  return text::concat({R"({"jsonrpc":"2.0","id":)", id, R"(,"method":"subscriptions/listen","params":{)", params,
                       params.empty() ? "" : ",", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                       R"("io.modelcontextprotocol/clientCapabilities":{}}}})"});
}
const FakeHeaders mirrored{{"MCP-Protocol-Version", revision}, {"Mcp-Method", "subscriptions/listen"}};

std::string acknowledged(std::string_view id, std::string_view honoured = R"({"toolsListChanged":true})") {
  return text::concat({R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{)",
                       R"("notifications":)", honoured, R"(,"_meta":{"io.modelcontextprotocol/subscriptionId":)", id,
                       "}}}"});
}
std::string tools_changed(std::string_view id) {
  return text::concat({R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{)",
                       R"("_meta":{"io.modelcontextprotocol/subscriptionId":)", id, "}}}"});
}
json::object refusal(const FakeReply& reply) {
  REQUIRE(reply.answers().size() == 1);
  return json::read(reply.answers()[0].body).value().at("error").as_object();
}
void check_schema(std::string_view type, const std::string& frame) {
  if (test::has_wire_schema(revision)) CHECK(test::wire_violations(revision, type, json::read(frame).value()).empty());
}

}  // namespace

TEST_CASE("a stream is acknowledged at once and tagged with the id of its request, of the same JSON type") {
  for (const auto transport : {Transport::http, Transport::stdio}) {
    ProtocolBench bench{transport};
    for (const std::string id : {"7", "\"7\"", "1792000000000"}) {
      const auto stream = transport == Transport::http ? bench.send(listen(id), mirrored) : bench.send(listen(id));
      CHECK(stream->notices() == Lines{acknowledged(id)});
      bench.clock.advance(Milliseconds{1000});
      bench.changes.tell(Changed::tools);
      CHECK(stream->notices() == Lines{acknowledged(id), tools_changed(id)});
      CHECK(stream->answers().empty());
      check_schema("SubscriptionsAcknowledgedNotification", stream->notices().at(0));
      check_schema("ToolListChangedNotification", stream->notices().at(1));
    }
  }
}

TEST_CASE("a stream hears only what it asked for and what the server offers") {
  ProtocolBench bench{Transport::http};
  const auto nothing = bench.send(listen("1", R"("notifications":{})"), mirrored);
  const auto others = bench.send(
      listen("2", R"("notifications":{"promptsListChanged":true,"toolsListChanged":false,"weather":1})"), mirrored);
  const auto tools = bench.send(listen("3"), mirrored);
  bench.changes.tell(Changed::tools);
  bench.changes.tell(Changed::prompts);
  bench.changes.tell_updated("erp://orders");
  CHECK(nothing->notices() == Lines{acknowledged("1", "{}")});
  CHECK(others->notices() == Lines{acknowledged("2", "{}")});
  CHECK(tools->notices() == Lines{acknowledged("3"), tools_changed("3")});
}

TEST_CASE("a burst of one change is told once at once and once when it is over") {
  ProtocolBench bench{Transport::http};
  const auto stream = bench.send(listen("1"), mirrored);
  for (int i = 0; i < 100; ++i) bench.changes.tell(Changed::tools);
  CHECK(stream->notices().size() == 2);
  REQUIRE(bench.endpoint->look().has_value());
  CHECK(stream->notices().size() == 2);
  bench.clock.advance(Milliseconds{1000});
  (void)bench.endpoint->look();
  CHECK(stream->notices().size() == 3);
  bench.clock.advance(Milliseconds{1000});
  CHECK_FALSE(bench.endpoint->look().has_value());
  CHECK(stream->notices().size() == 3);
  bench.changes.tell(Changed::tools);
  CHECK(stream->notices().size() == 4);
}

TEST_CASE("what is asked for in a wrong shape is refused before anything is streamed") {
  ProtocolBench bench{Transport::http};
  for (const auto* params :
       {"", R"("notifications":true)", R"("notifications":{"toolsListChanged":"yes"})",
        R"("notifications":{"resourceSubscriptions":"erp://x"})", R"("notifications":{"resourceSubscriptions":[7]})"}) {
    CAPTURE(params);
    const auto reply = bench.send(listen("1", params), mirrored);
    CHECK(refusal(*reply).at("code") == -32602);
    CHECK(reply->notices().empty());
  }
}

TEST_CASE("a client that takes no stream as its answer is told so") {
  ProtocolBench bench{Transport::http};
  const auto reply = std::make_shared<FakeReply>();
  reply->refuse_notices();
  bench.endpoint->receive(listen("1"), mirrored, reply, std::make_shared<const Principal>());
  CHECK(reply->answers().at(0).status == 406);
}

TEST_CASE("a stream ends when its connection does") {
  ProtocolBench bench{Transport::http};
  const auto stream = bench.send(listen("1"), mirrored);
  stream->disconnect();
  bench.changes.tell(Changed::tools);
  CHECK(stream->notices().size() == 1);
}

TEST_CASE("on a pipe a cancelled stream ends without another word, and its id is free again") {
  ProtocolBench bench{Transport::stdio};
  const auto stream = bench.send(listen("1"));
  const auto again = bench.send(listen("1"));
  CHECK(refusal(*again).at("code") == -32600);
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
  bench.changes.tell(Changed::tools);
  CHECK(stream->notices().size() == 1);
  CHECK(stream->answers().empty());
  CHECK(bench.send(listen("1"))->notices().size() == 1);
}

TEST_CASE("when the server ends, every stream ends with its response, and later ones are refused") {
  for (const auto transport : {Transport::http, Transport::stdio}) {
    ProtocolBench bench{transport};
    const auto ask = [&](std::string_view id) {
      return transport == Transport::http ? bench.send(listen(id), mirrored) : bench.send(listen(id));
    };
    const auto one = ask("1");
    const auto two = ask("\"two\"");
    bench.endpoint->end_streams();
    const auto ended = json::read(one->answers().at(0).body).value();
    CHECK(ended.at("id") == 1);
    CHECK(ended.at("result").at("resultType") == "complete");
    CHECK(ended.at("result").at("_meta").at("io.modelcontextprotocol/subscriptionId") == 1);
    CHECK(ended.at("result").at("_meta").as_object().contains("io.modelcontextprotocol/serverInfo"));
    if (test::has_wire_schema(revision)) {
      CHECK(test::wire_violations(revision, "SubscriptionsListenResult", ended.at("result")).empty());
    }
    const auto other = json::read(two->answers().at(0).body).value();
    CHECK(other.at("result").at("_meta").at("io.modelcontextprotocol/subscriptionId") == "two");
    CHECK(refusal(*ask("3")).at("code") == -32603);
  }
}

TEST_CASE("one principal may hold so many streams and no more; another one is not concerned") {
  ProtocolBench bench{Transport::http};
  std::vector<std::shared_ptr<FakeReply>> streams;
  for (std::size_t i = 0; i < protocol::modern::Subscriptions::most_per_principal; ++i) {
    streams.push_back(bench.send(listen(std::to_string(i)), mirrored));
  }
  CHECK(refusal(*bench.send(listen("9999"), mirrored)).at("code") == -32603);
  bench.principal.subject = "ana";
  CHECK(bench.send(listen("9999"), mirrored)->notices().size() == 1);
  bench.principal.subject = "local";
  streams.at(5)->disconnect();
  CHECK(bench.send(listen("9999"), mirrored)->notices().size() == 1);
}

TEST_CASE("a stream whose client does not read ends instead of leaving a change out; the others hear of it") {
  ProtocolBench bench{Transport::stdio};
  const auto slow = bench.send(listen("1")), quick = bench.send(listen("2"));
  slow->fall_behind();
  bench.changes.tell(Changed::tools);
  CHECK(slow->notices() == Lines{acknowledged("1")});
  REQUIRE(slow->answers().size() == 1);
  CHECK_THAT(slow->answers()[0].body, Catch::Contains(R"("resultType":"complete")"));
  CHECK(quick->notices().size() == 2);
  CHECK(bench.send(listen("1"))->notices().size() == 1);  // it may listen again
}

TEST_CASE("an id that every change would repeat may not be long") {
  ProtocolBench bench{Transport::stdio};
  CHECK(bench.send(listen("\"" + std::string(256, 'x') + "\""))->answers().empty());
  CHECK(refusal(*bench.send(listen("\"" + std::string(257, 'x') + "\""))).at("code") == -32602);
}
