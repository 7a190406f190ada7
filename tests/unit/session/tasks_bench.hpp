#pragma once
// A server whose tools become tasks, over a store and a folder that outlive it.
#include "core/tasks/board.hpp"
#include "tests/support/protocol_bench.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::test {

inline const std::string knows_tasks =
    R"({"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{},"io.modelcontextprotocol/ui":{}}})";

inline std::string frame(std::string_view method, std::string_view params,
                         std::string_view capabilities = knows_tasks) {
  return text::concat({R"({"jsonrpc":"2.0","id":1,"method":")", method, R"(","params":{)", params,
                       params.empty() ? "" : ",", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                       R"("io.modelcontextprotocol/clientCapabilities":)", capabilities, "}}}"});
}

inline registry::ToolDescription long_one(std::string name, bool is_required = false) {
  auto out = described(std::move(name));
  out.task = registry::TaskPolicy{is_required, {}};
  return out;
}

// A server over a store that outlives it.
struct TaskPlace {
  storage::test::Folder folder;
  ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{}, clock, metrics};
  std::unique_ptr<storage::Store> store = storage::make_memory_store(clock);
};

struct TaskServer {
  explicit TaskServer(TaskPlace& at) : place{at} {
    bench.service().tasks = &board;
    bench.principal.roles = {"local"};
    std::vector<std::shared_ptr<registry::Tool>> tools;
    const auto add = [&](registry::ToolDescription description, FakeTool::Work work) {
      tools.push_back(std::make_shared<FakeTool>(std::move(description), std::move(work)));
    };
    add(long_one("export"), [this](const std::shared_ptr<registry::Call>& call) {
      became = call->become_task();
      running.push_back(call);
    });
    add(long_one("only", true),
        [](const std::shared_ptr<registry::Call>& call) { call->finish(result_of(call->become_task() ? "1" : "0")); });
    add(described("plain"),
        [](const std::shared_ptr<registry::Call>& call) { call->finish(result_of(call->become_task() ? "1" : "0")); });
    add(long_one("question"), [](const std::shared_ptr<registry::Call>& call) {
      (void)call->become_task();
      ask_for_a_name(call);
    });
    auto writing = long_one("writing");
    writing.annotations = {false, true, false, true};
    add(writing, [this](const std::shared_ptr<registry::Call>& call) {
      (void)call->become_task();
      running.push_back(call);
    });
    bench.publish(std::move(tools));
  }

  json::object ask(const std::string& what) {
    const auto reply = bench.send(what);
    REQUIRE(reply->answers().size() == 1);
    return json::read(reply->answers()[0].body).value().as_object();
  }
  json::object call(std::string_view tool, std::string_view capabilities = knows_tasks) {
    return ask(
        frame("tools/call", text::concat({R"("name":")", tool, R"(","arguments":{"year":2026})"}), capabilities));
  }
  json::object result(std::string_view method, std::string_view id, std::string_view more = {}) {
    return ask(frame(method, text::concat({R"("taskId":")", id, "\"", more}))).at("result").as_object();
  }
  json::object get(std::string_view id) { return result("tasks/get", id); }
  std::string begin(std::string_view tool) {
    const auto created = call(tool).at("result").as_object();
    REQUIRE(created.at("resultType") == "task");
    return std::string{json::view(created.at("taskId").as_string())};
  }
  std::int64_t code(const std::string& what) { return ask(what).at("error").at("code").as_int64(); }

  TaskPlace& place;
  ProtocolBench bench{session::Transport::stdio};
  tasks::Board board{{*place.store, place.clock, place.log, bench.changes}, place.folder.file("processes")};
  std::vector<std::shared_ptr<registry::Call>> running;
  bool became = false;
};

}  // namespace tomada::test
