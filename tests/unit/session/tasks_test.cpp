// The extension io.modelcontextprotocol/tasks: what is sent, and what comes back.
#include "tests/unit/session/tasks_bench.hpp"

namespace {

using namespace tomada;
using test::frame;
using test::result_of;
using test::TaskPlace;
using test::TaskServer;

}  // namespace

TEST_CASE("a call that becomes a task is answered with its handle, and with its result when it is asked for") {
  TaskPlace place;
  TaskServer server{place};
  const auto created = server.call("export").at("result").as_object();
  CHECK(server.became);
  CHECK(created.at("resultType") == "task");
  CHECK(created.at("status") == "working");
  CHECK(created.at("ttlMs") == 3'600'000);
  CHECK(created.at("createdAt") == created.at("lastUpdatedAt"));
  for (const auto* absent : {"result", "error", "inputRequests", "requestState", "task"})
    CHECK_FALSE(created.contains(absent));
  const std::string id{json::view(created.at("taskId").as_string())};
  server.running.at(0)->progress({1, 4, {}});
  CHECK(server.get(id).at("statusMessage") == "25 %");
  server.running.at(0)->progress({2, 4, "page 2 of 4"});
  CHECK(server.get(id).at("statusMessage") == "page 2 of 4");
  server.running.at(0)->finish(result_of(R"({"total":"10.50"})"));
  const auto got = server.get(id);
  CHECK(got.at("resultType") == "complete");
  CHECK(got.at("status") == "completed");
  CHECK_FALSE(got.contains("statusMessage"));
  CHECK(got.at("result").at("structuredContent").at("total") == "10.50");
  CHECK(got.at("result").at("_meta").at("tomada/freshness").at("source") == "demo");
}

TEST_CASE("a client that knows no tasks waits for the answer, and is refused what runs as a task only") {
  TaskPlace place;
  TaskServer server{place};
  const std::string none = "{}";
  const auto pending = server.bench.send(frame("tools/call", R"("name":"export")", none));
  CHECK_FALSE(server.became);
  CHECK(pending->answers().empty());
  server.running.at(0)->finish(result_of("{}"));
  CHECK(pending->answers().size() == 1);
  const auto refused = server.call("only", none).at("error").as_object();
  CHECK(refused.at("code") == -32021);
  CHECK(refused.at("data")
            .at("requiredCapabilities")
            .at("extensions")
            .as_object()
            .contains("io.modelcontextprotocol/tasks"));
  CHECK(server.code(frame("tasks/get", R"("taskId":"x")", none)) == -32021);
  CHECK(server.code(frame("subscriptions/listen", R"("notifications":{"taskIds":["x"]})", none)) == -32021);
  CHECK(server.call("plain").at("result").at("structuredContent") == 0);  // its definition has no "task"
}

TEST_CASE("a tool's error completes a task, a broken tool fails it") {
  TaskPlace place;
  TaskServer server{place};
  const auto wrong = server.begin("export");
  server.running.at(0)->finish(registry::Outcome::tool_error("no such year"));
  CHECK(server.get(wrong).at("status") == "completed");
  CHECK(server.get(wrong).at("result").at("isError") == true);
  const auto broken = server.begin("export");
  server.running.at(1)->finish(registry::Outcome::failed(registry::OutcomeKind::internal, "the plugin broke"));
  const auto got = server.get(broken);
  CHECK(got.at("status") == "failed");
  CHECK(got.at("error").at("code") == -32603);
  CHECK(got.at("error").at("message") == "the plugin broke");
  CHECK_FALSE(got.contains("result"));
}

TEST_CASE("a cancelled task stops its tool and stays cancelled whatever comes of it") {
  TaskPlace place;
  TaskServer server{place};
  const auto id = server.begin("export");
  const auto ack = server.result("tasks/cancel", id);
  CHECK(ack.at("resultType") == "complete");
  CHECK_FALSE(ack.contains("taskId"));
  CHECK(server.running.at(0)->stop_token().stop_requested());
  server.running.at(0)->finish(result_of("{}"));
  CHECK(server.get(id).at("status") == "cancelled");
  CHECK_FALSE(server.get(id).contains("result"));
  CHECK(server.result("tasks/cancel", id).at("resultType") == "complete");
  CHECK(server.board.running() == 0);
}

TEST_CASE("a task that asks waits for all its answers and goes on with them") {
  TaskPlace place;
  TaskServer server{place};
  const auto id = server.begin("question");
  const auto asking = server.get(id);
  CHECK(asking.at("status") == "input_required");
  CHECK(asking.at("inputRequests").at("1.name").at("method") == "elicitation/create");
  const auto update = [&](std::string_view answers) {
    return server.result("tasks/update", id, text::concat({R"(,"inputResponses":)", answers}));
  };
  for (const auto* useless : {"{}", R"({"name":{"action":"accept"}})", R"({"1.name":{"action":"perhaps"}})",
                              R"({"2.name":{"action":"accept"}})"}) {
    INFO(useless);
    CHECK(update(useless).at("resultType") == "complete");
    CHECK(server.get(id).at("status") == "input_required");
  }
  CHECK(update(R"({"1.name":{"action":"accept","content":{"name":"Ana"}},"other":{}})").at("resultType") == "complete");
  const auto done = server.get(id);
  CHECK(done.at("status") == "completed");
  CHECK(done.at("result").at("structuredContent").at("answer").at("content").at("name") == "Ana");
  CHECK(done.at("result").at("structuredContent").at("state") == "round 1");
  CHECK(update(R"({"1.name":{"action":"decline"}})").at("resultType") == "complete");  // too late: nothing changes
  CHECK(server.get(id) == done);
}

TEST_CASE("a task that must ask whom nobody can ask ends with words that say so") {
  TaskPlace place;
  TaskServer server{place};
  const auto created = server.call("question", R"({"extensions":{"io.modelcontextprotocol/tasks":{}}})");
  const auto done = server.get(json::view(created.at("result").at("taskId").as_string()));
  CHECK(done.at("status") == "completed");
  CHECK(done.at("result").at("isError") == true);
  CHECK(json::text(done).find("elicitation") != std::string::npos);
}

TEST_CASE("a task is its owner's alone, and what is no task is refused in the same words") {
  TaskPlace place;
  TaskServer server{place};
  const auto id = server.begin("export");
  server.bench.principal.subject = "bob";
  const auto foreign = server.ask(frame("tasks/get", text::concat({R"("taskId":")", id, "\""})));
  const auto unknown = server.ask(frame("tasks/get", R"("taskId":"0123456789abcdef0123456789abcdef")"));
  CHECK(foreign == unknown);
  CHECK(foreign.at("error").at("code") == -32602);
  for (const auto* method : {"tasks/update", "tasks/cancel"}) {
    CHECK(server.code(frame(method, text::concat({R"("taskId":")", id, R"(","inputResponses":{})"}))) == -32602);
  }
  for (const auto* params :
       {"", R"("taskId":7)", R"("taskId":null)", R"("taskId":"")", R"("taskId":"\u0000' OR 1=1")"}) {
    INFO(params);
    CHECK(server.code(frame("tasks/get", params)) == -32602);
  }
  CHECK_FALSE(server.running.at(0)->stop_token().stop_requested());
  server.bench.principal.subject = "local";
  CHECK(server.code(frame("tasks/update", text::concat({R"("taskId":")", id, R"(","inputResponses":[])"}))) == -32602);
  CHECK(server.get(id).at("status") == "working");
  for (const auto* removed : {"tasks/result", "tasks/list"}) CHECK(server.code(frame(removed, "")) == -32601);
}

TEST_CASE("a legacy client is told that a tool runs as a task only, and gets the others as ever") {
  TaskPlace place;
  TaskServer server{place};
  (void)server.ask(
      R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}})");
  const auto call = [&](std::string_view tool) {
    return server.ask(
        text::concat({R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":")", tool, "\"}}"}));
  };
  CHECK(call("only").at("result").at("isError") == true);
  CHECK(json::text(call("only")).find("2026-07-28") != std::string::npos);
  CHECK(call("plain").at("result").as_object().contains("structuredContent") == false);
  CHECK(server.code(R"({"jsonrpc":"2.0","id":3,"method":"tasks/get","params":{"taskId":"x"}})") == -32601);
}
