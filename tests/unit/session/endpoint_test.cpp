#include "core/session/endpoint.hpp"

#include "core/json/writer.hpp"
#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace {

using namespace tomada;
using test::FakeHeaders;
using test::FakeReply;
using test::ProtocolBench;

const std::string claim =
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}})";

std::string modern(std::string_view id, std::string_view method, std::string_view params = {}) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", id, R"(,"method":")", method, R"(","params":{)", params,
                       params.empty() ? "" : ",", claim, "}}"});
}
std::string legacy_call(std::string_view id, std::string_view tool) {
  return text::concat(
      {R"({"jsonrpc":"2.0","id":)", id, R"(,"method":"tools/call","params":{"name":")", tool, R"("}})"});
}
FakeHeaders mirrored(std::string method, std::string name = {}) {
  FakeHeaders plain{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}};
  return name.empty() ? plain
                      : FakeHeaders{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}, {"Mcp-Name", name}};
}
json::object result_in(const FakeReply& reply) {
  REQUIRE(reply.answers().size() == 1);
  return json::read(reply.answers()[0].body).value().at("result").as_object();
}

}  // namespace

TEST_CASE("a modern call ends with its connection, a legacy one does not") {
  ProtocolBench bench{session::Transport::http};
  const auto reply = bench.send(modern("1", "tools/call", R"("name":"wait")"), mirrored("tools/call", "wait"));
  const auto older = bench.send(legacy_call("1", "wait"), FakeHeaders{});
  REQUIRE(bench.waiting.size() == 2);
  CHECK(reply->watches_connection());
  CHECK_FALSE(older->watches_connection());
  CHECK_FALSE(bench.waiting.at(0)->stop_token().stop_requested());
  reply->disconnect();
  CHECK(bench.waiting.at(0)->stop_token().stop_requested());
  bench.waiting.at(1)->finish(test::result_of("{}"));
  CHECK(older->answers().size() == 1);
}

TEST_CASE("over HTTP two clients may use one id at the same time, and neither can cancel the other") {
  ProtocolBench bench{session::Transport::http};
  const auto first = bench.send(legacy_call("1", "wait"), FakeHeaders{});
  const auto second = bench.send(legacy_call("1", "wait"), FakeHeaders{});
  const auto cancel =
      bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})", FakeHeaders{});
  CHECK(cancel->answers()[0].status == 202);
  for (const auto& call : bench.waiting.all()) {
    CHECK_FALSE(call->stop_token().stop_requested());
    call->finish(test::result_of("{}"));
  }
  CHECK(first->answers().size() == 1);
  CHECK(second->answers().size() == 1);
}

TEST_CASE("on a pipe a cancelled call is asked to stop and never answered") {
  ProtocolBench bench{session::Transport::stdio};
  const auto reply = bench.send(modern("\"a\"", "tools/call", R"("name":"wait")"));
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"b"}})");
  CHECK_FALSE(bench.waiting.at(0)->stop_token().stop_requested());
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"a"}})");
  CHECK(bench.waiting.at(0)->stop_token().stop_requested());
  bench.waiting.at(0)->finish(test::result_of("{}"));
  CHECK(reply->answers().empty());
}

TEST_CASE("a batch waits for its slowest call, a cancelled one is left out") {
  ProtocolBench bench{session::Transport::stdio};
  bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})");
  const auto reply = bench.send(text::concat(
      {"[", legacy_call("1", "wait"), ",", legacy_call("2", "wait"), R"(,{"jsonrpc":"2.0","id":3,"method":"ping"}])"}));
  REQUIRE(bench.waiting.size() == 2);
  CHECK(reply->answers().empty());
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}})");
  bench.waiting.at(1)->finish(test::result_of("{}"));
  CHECK(reply->answers().empty());
  bench.waiting.at(0)->finish(test::result_of("{}"));
  bench.waiting.clear();
  REQUIRE(reply->answers().size() == 1);
  const auto answers = json::read(reply->answers()[0].body).value().as_array();
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].at("id").as_int64() == 3);
  CHECK(answers[1].at("id").as_int64() == 1);
}

TEST_CASE("a batch whose every call was cancelled says nothing") {
  ProtocolBench bench{session::Transport::stdio};
  bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})");
  const auto reply = bench.send("[" + legacy_call("1", "wait") + "]");
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
  bench.waiting.at(0)->finish(test::result_of("{}"));
  bench.waiting.clear();
  REQUIRE(reply->answers().size() == 1);
  CHECK(reply->answers()[0].body.empty());
}

TEST_CASE("a list that roles shaped is private and names only what they allow") {
  ProtocolBench bench{session::Transport::http};
  const auto everybody = result_in(*bench.send(modern("1", "tools/list"), mirrored("tools/list")));
  bench.principal.roles = {"clerk"};
  const auto clerk = result_in(*bench.send(modern("2", "tools/list"), mirrored("tools/list")));
  CHECK(everybody.at("cacheScope") == "private");  // the clerk has another one
  CHECK(everybody.at("tools").as_array().size() == 11);
  CHECK(clerk.at("cacheScope") == "private");
  REQUIRE(clerk.at("tools").as_array().size() == 2);
  CHECK(clerk.at("tools").at(0).at("name") == "add");
  CHECK(clerk.at("tools").at(1).at("name") == "echo");
  bench.principal.roles = {"local"};
  CHECK(result_in(*bench.send(modern("3", "tools/list"), mirrored("tools/list"))).at("tools").as_array().size() == 12);
}

TEST_CASE("a new catalogue shows at once, and the old one's tools are let go") {
  ProtocolBench bench{session::Transport::http};
  const auto call = [&] { return result_in(*bench.send(modern("1", "tools/list"), mirrored("tools/list"))); };
  CHECK(call().at("tools").as_array().size() == 11);
  auto tool = std::make_shared<test::FakeTool>(test::described("alone"), nullptr);
  const std::weak_ptr<test::FakeTool> watched = tool;
  bench.publish({std::move(tool)});
  CHECK(call().at("tools").as_array().size() == 1);
  bench.publish({});
  CHECK(watched.expired());
  CHECK(call().at("tools").as_array().empty());
}

TEST_CASE("pages stay true while tools come and go") {
  ProtocolBench bench{session::Transport::http, 2};
  const auto named = [](std::initializer_list<const char*> names) {
    std::vector<std::shared_ptr<registry::Tool>> out;
    for (const auto* name : names) out.push_back(std::make_shared<test::FakeTool>(test::described(name), nullptr));
    return out;
  };
  bench.publish(named({"b", "d", "f", "h"}));
  const auto first = result_in(*bench.send(modern("1", "tools/list"), mirrored("tools/list")));
  const auto cursor = text::concat({"\"cursor\":\"", json::view(first.at("nextCursor").as_string()), "\""});
  bench.publish(named({"a", "b", "c", "e", "f", "h"}));  // "d", the last one shown, is gone; "a" and "c" came before it
  const auto second = result_in(*bench.send(modern("2", "tools/list", cursor), mirrored("tools/list")));
  REQUIRE(second.at("tools").as_array().size() == 2);
  CHECK(second.at("tools").at(0).at("name") == "e");
  CHECK(second.at("tools").at(1).at("name") == "f");
}

TEST_CASE("a call carries its principal, trace, protocol and time limit") {
  ProtocolBench bench{session::Transport::http};
  bench.principal = {"ana", "acme", {"clerk"}};
  bench.send(
      text::concat({R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":{"traceparent":")",
                    R"(00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}})"}),
      FakeHeaders{{"MCP-Protocol-Version", "2025-06-18"}});
  CHECK(bench.last.principal->subject == "ana");
  CHECK(bench.last.principal->tenant == "acme");
  CHECK(bench.last.correlation == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(bench.last.traceparent == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  CHECK(bench.last.protocol == "2025-06-18");
  CHECK(bench.last.transport == "http");
  CHECK(bench.last.deadline == bench.clock.steady_now() + Milliseconds{60'000});
}

TEST_CASE("frames are counted by method, era and ending; what clients invent is counted as other") {
  ProtocolBench bench{session::Transport::http};
  bench.send(modern("1", "tools/call", R"("name":"fail")"), mirrored("tools/call", "fail"));
  bench.send(legacy_call("2", "busy"), FakeHeaders{});
  bench.send(modern("3", "invented"), mirrored("invented"));
  bench.send(modern("4", "also/invented"), mirrored("also/invented"));
  bench.send("{", FakeHeaders{{"MCP-Protocol-Version", "v999"}});
  const auto count = [&](std::string method, std::string era, std::string outcome) {
    return bench.metrics.value("tomada_requests_total", {{"method", method}, {"era", era}, {"outcome", outcome}})
        .value_or(0);
  };
  CHECK(count("tools/call", "modern", "tool_error") == 1);
  CHECK(count("tools/call", "legacy", "refused") == 1);
  CHECK(count("other", "modern", "error") == 2);
  CHECK(count("other", "none", "error") == 1);
  const auto text = bench.metrics.exposition();
  CHECK_THAT(text, Catch::Contains("gen_ai_tool_name=\"fail\""));
  CHECK_THAT(text, !Catch::Contains("invented"));
}

TEST_CASE("every frame leaves a line in the log, refused ones as a warning, with the correlation of the answer") {
  ProtocolBench bench{session::Transport::http};
  const auto reply = bench.send(modern("1", "tools/call", R"("name":"break")"), mirrored("tools/call", "break"));
  bench.send("{", FakeHeaders{});
  const auto answer = json::read(reply->answers().at(0).body).value();
  const auto correlation = std::string{json::view(answer.at("error").at("data").at("correlation").as_string())};
  CHECK(correlation.size() == 32);
  const auto log = bench.logged();
  CHECK_THAT(log, Catch::Contains(correlation));
  CHECK_THAT(log, Catch::Contains("request failed"));
  CHECK_THAT(log, Catch::Contains("frame refused"));
}

TEST_CASE("a draining server refuses calls in words, and goes on listing") {
  ProtocolBench bench{session::Transport::http};
  bench.dispatcher().drain();
  const auto refused =
      result_in(*bench.send(modern("1", "tools/call", R"("name":"add")"), mirrored("tools/call", "add")));
  CHECK(refused.at("isError").as_bool());
  CHECK(result_in(*bench.send(modern("2", "tools/list"), mirrored("tools/list"))).at("tools").as_array().size() == 11);
}

TEST_CASE("a call may end after its endpoint is gone") {
  ProtocolBench bench{session::Transport::stdio};
  const auto reply = bench.send(modern("1", "tools/call", R"("name":"wait")"));
  bench.endpoint.reset();
  bench.waiting.at(0)->finish(test::result_of("{}"));
  CHECK(result_in(*reply).at("structuredContent").as_object().empty());
}

TEST_CASE("calls and lists from many threads are each answered once") {
  ProtocolBench bench{session::Transport::http};
  std::atomic<int> answered{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto list = bench.send(modern("1", "tools/list"), mirrored("tools/list"));
        const auto call = bench.send(modern("2", "tools/call", R"("name":"fail")"), mirrored("tools/call", "fail"));
        answered += static_cast<int>(list->answers().size() + call->answers().size());
      }
    });
  }
  for (auto& client : clients) client.join();
  CHECK(answered == 4 * 200 * 2);
}

TEST_CASE("a list is everybody's only while every role sees the same tools") {
  ProtocolBench bench{session::Transport::http};
  const auto scope = [&] {
    return result_in(*bench.send(modern("1", "tools/list"), mirrored("tools/list"))).at("cacheScope").as_string();
  };
  CHECK(scope() == "private");
  auto tools = bench.standard_tools();
  std::erase_if(tools, [](const auto& tool) {  // what the role "clerk" sees
    return tool->description().name != "add" && tool->description().name != "echo";
  });
  bench.publish(std::move(tools));
  CHECK(scope() == "public");
}

TEST_CASE("a frame that the transport could not take is answered as the agreed revision has it, and counted") {
  ProtocolBench bench{session::Transport::stdio};
  const auto refused = [&] {
    const auto reply = std::make_shared<FakeReply>();
    bench.endpoint->unreadable("the frame is longer than 9 bytes", reply, std::make_shared<const Principal>());
    return reply->answers().at(0).body;
  };
  CHECK(refused() == R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"the frame is longer than 9 bytes"}})");
  bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})");
  CHECK(refused().find(R"("id":null)") != std::string::npos);
  CHECK(bench.metrics.exposition().find("-32700") != std::string::npos);
}
