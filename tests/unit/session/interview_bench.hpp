#pragma once
// One legacy client that a tool asks, on a pipe or in a session.
#include "core/json/writer.hpp"
#include "tests/support/protocol_bench.hpp"
#include "tests/unit/session/wire_schema.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace tomada::test {

inline const std::string ask_name = R"({"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"question"}})";

inline std::string initialize(std::string_view revision, std::string_view capabilities) {
  return text::concat({R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")", revision,
                       R"(","capabilities":)", capabilities, "}}"});
}

// One legacy client, on a pipe or in a session.
struct Person {
  explicit Person(session::Transport transport, std::string_view revision = "2025-11-25",
                  std::string_view capabilities = R"({"elicitation":{}})")
      : bench{transport} {
    const auto begun = bench.send(initialize(revision, capabilities), given());
    if (transport == session::Transport::http)
      headers = FakeHeaders{{"Mcp-Session-Id", begun->answers().at(0).session}};
    is_http = transport == session::Transport::http;
  }
  std::shared_ptr<FakeReply> send(const std::string& frame) { return bench.send(frame, given()); }
  [[nodiscard]] const jsonrpc::HeaderView& given() const {
    return is_http ? static_cast<const jsonrpc::HeaderView&>(headers) : none;
  }
  void answer(std::int64_t id, std::string_view result) {
    send(text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id), R"(,"result":)", result, "}"}));
  }

  ProtocolBench bench;
  FakeHeaders headers{};
  const jsonrpc::NoHeaders none{};
  bool is_http = false;
};

inline json::object asked(const FakeReply& reply, std::size_t index = 0) {
  return json::read(reply.notices().at(index)).value().as_object();
}
inline json::object result_in(const FakeReply& reply) {
  REQUIRE(reply.answers().size() == 1);
  return json::read(reply.answers()[0].body).value().at("result").as_object();
}
inline std::string complaint(const FakeReply& reply) {
  const auto result = result_in(reply);
  CHECK(result.at("isError") == true);
  return std::string{json::view(result.at("content").at(0).at("text").as_string())};
}

inline const std::string ana = R"({"action":"accept","content":{"name":"Ana"}})";

inline std::shared_ptr<registry::Tool> asking(std::string name, const std::string& requests) {
  return std::make_shared<FakeTool>(described(std::move(name)), [requests](const auto& call) {
    if (!call->request().answers.empty()) {
      call->finish(result_of(call->request().answers));
      return;
    }
    auto out = registry::Outcome::failed(registry::OutcomeKind::needs_input, {});
    out.requests = requests;
    call->finish(std::move(out));
  });
}

inline std::shared_ptr<registry::Tool> stepping() {
  return std::make_shared<FakeTool>(described("stepping"), &step_and_ask);
}

inline std::string call_of(std::string_view tool) {
  return text::concat({R"({"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":")", tool, R"("}})"});
}

}  // namespace tomada::test
