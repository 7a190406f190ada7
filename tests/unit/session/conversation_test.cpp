#include "core/session/conversation.hpp"

#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace {

using namespace tomada;
using test::ProtocolBench;

std::string modern(std::string_view id, std::string_view method, std::string_view params = {}) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", id, R"(,"method":")", method, R"(","params":{)", params,
                       params.empty() ? "" : ",", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                       R"("io.modelcontextprotocol/clientCapabilities":{}}}})"});
}

}  // namespace

TEST_CASE("a cancellation that crosses the answer leaves one answer or none, never two") {
  ProtocolBench bench{session::Transport::stdio};
  const std::string cancel = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"x"}})";
  int answered = 0;
  constexpr int rounds = 300;
  for (int i = 0; i < rounds; ++i) {
    const auto reply = bench.send(modern("\"x\"", "tools/call", R"("name":"wait")"));
    std::thread tool{[&] { bench.waiting.at(0)->finish(test::result_of("{}")); }};
    bench.send(cancel);
    tool.join();
    bench.waiting.clear();
    REQUIRE(reply->answers().size() <= 1);
    answered += reply->answers().empty() || reply->answers()[0].body.empty() ? 0 : 1;
  }
  CHECK(answered <= rounds);
  CHECK(bench.dispatcher().in_flight() == 0);
}

TEST_CASE("an id that is used again after a cancellation belongs to the new call") {
  ProtocolBench bench{session::Transport::stdio};
  const auto cancelled = bench.send(modern("5", "tools/call", R"("name":"wait")"));
  bench.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})");
  const auto newer = bench.send(modern("5", "tools/call", R"("name":"wait")"));
  REQUIRE(bench.waiting.size() == 2);
  bench.waiting.at(0)->finish(test::result_of(R"({"of":"the old"})"));
  CHECK(newer->answers().empty());
  bench.waiting.at(1)->finish(test::result_of(R"({"of":"the new"})"));
  REQUIRE(newer->answers().size() == 1);
  CHECK_THAT(newer->answers()[0].body, Catch::Contains("the new"));
  for (const auto& answer : cancelled->answers()) CHECK(answer.body.empty());
}

TEST_CASE("a broken frame is answered in the era that it claims") {
  ProtocolBench bench{session::Transport::stdio};
  bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})");
  const auto body = [&](const std::string& frame) { return bench.send(frame)->answers().at(0).body; };
  CHECK_THAT(body(R"({"jsonrpc":"2.0","id":{},"method":"tools/list"})"), Catch::Contains(R"("id":null)"));
  CHECK_THAT(body(modern("{}", "tools/list")), !Catch::Contains(R"("id")"));
}

TEST_CASE("arguments that a tool refuses are shown to the model, in every revision") {
  ProtocolBench bench{session::Transport::stdio};
  auto tools = bench.standard_tools();
  tools.push_back(std::make_shared<test::FakeTool>(test::described("picky"), [](const auto& call) {
    call->finish(registry::Outcome::failed(registry::OutcomeKind::invalid_params, "due_from is no date: 2026-02-30"));
  }));
  bench.publish(std::move(tools));
  const auto body = [&](const std::string& frame) { return bench.send(frame)->answers().at(0).body; };
  const auto is_shown = [](const std::string& answer) {
    return answer.find("due_from is no date") != std::string::npos &&
           answer.find(R"("isError":true)") != std::string::npos;
  };
  CHECK(is_shown(body(modern("1", "tools/call", R"("name":"picky")"))));
  bench.send(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2024-11-05"}})");
  CHECK(is_shown(body(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"picky"}})")));
}
