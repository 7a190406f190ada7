#pragma once
// A client of an older revision with a session over HTTP, which loses streams and comes back to them.
#include "tests/support/protocol_bench.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tomada::test {

inline const std::string wait_call =
    R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"wait","_meta":{"progressToken":1}}})";

struct StreamingClient {
  ProtocolBench& bench;
  std::string revision = "2025-11-25";
  std::string id{};

  StreamingClient(ProtocolBench& at, std::string speaks) : bench{at}, revision{std::move(speaks)} {
    const auto begun = bench.send(text::concat({R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{)",
                                                R"("protocolVersion":")", revision, R"(","capabilities":{}}})"}),
                                  FakeHeaders{});
    id = begun->answers().at(0).session;
  }
  std::shared_ptr<FakeReply> send(const std::string& frame) const {
    return bench.send(frame, FakeHeaders{{"Mcp-Session-Id", id}, {"MCP-Protocol-Version", revision}});
  }
  std::shared_ptr<FakeReply> get(const std::string& last_event = {}) const {
    auto reply = std::make_shared<FakeReply>();
    FakeHeaders headers{{"Mcp-Session-Id", id}, {"Last-Event-ID", last_event}};
    if (last_event.empty()) headers = FakeHeaders{{"Mcp-Session-Id", id}};
    bench.endpoint->open_stream(headers, reply, bench.principal);
    return reply;
  }
  // A call that has reported its progress three times.
  std::shared_ptr<FakeReply> call() const {
    auto reply = send(wait_call);
    for (const double done : {1., 2., 3.}) bench.waiting.all().back()->progress({done, 3, {}});
    return reply;
  }
  void finish() const { bench.waiting.all().back()->finish(test::result_of(R"({"n":42})")); }
};

inline int status_of(const FakeReply& reply) { return reply.answers().at(0).status; }
inline bool has_result(const FakeReply& reply) {
  return reply.answers().size() == 1 && reply.answers()[0].body.find("42") != std::string::npos;
}

}  // namespace tomada::test
