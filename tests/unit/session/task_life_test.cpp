// A task beyond its request: restarts, listeners, and the moment when a call becomes one.
#include "tests/unit/session/tasks_bench.hpp"

#include <thread>

namespace {

using namespace tomada;
using test::frame;
using test::long_one;
using test::result_of;
using Call = std::shared_ptr<registry::Call>;
using test::FakeTool;
using test::TaskPlace;
using test::TaskServer;

}  // namespace

TEST_CASE("a restart begins again what only reads, continues what waits for answers, and owns up to the rest") {
  TaskPlace place;
  std::string reading, writing, waiting;
  {
    TaskServer before{place};
    reading = before.begin("export");
    writing = before.begin("writing");
    waiting = before.begin("question");
    before.running.clear();
  }
  TaskServer after{place};
  CHECK(after.get(reading).at("status") == "working");
  REQUIRE(after.running.size() == 1);
  CHECK(after.get(reading).at("status") == "working");
  CHECK(after.running.size() == 1);  // begun again once
  CHECK(after.running.at(0)->arguments().at("year") == 2026);
  after.running.at(0)->finish(result_of(R"({"n":1})"));
  CHECK(after.get(reading).at("result").at("structuredContent").at("n") == 1);
  const auto lost = after.get(writing);
  CHECK(lost.at("status") == "failed");
  CHECK(json::text(lost.at("error")).find("not known") != std::string::npos);
  CHECK(after.running.size() == 1);
  const auto answers = R"(,"inputResponses":{"1.name":{"action":"accept","content":{"name":"Ana"}}})";
  CHECK(after.result("tasks/update", waiting, answers).at("resultType") == "complete");
  CHECK(after.get(waiting).at("status") == "completed");
}

TEST_CASE("what another process cancels stops here when it is looked at") {
  TaskPlace place;
  TaskServer here{place};
  TaskServer there{place};
  const auto id = here.begin("export");
  CHECK(there.get(id).at("status") == "working");
  CHECK(there.running.empty());
  (void)there.result("tasks/cancel", id);
  CHECK(here.get(id).at("status") == "cancelled");
  CHECK(here.running.at(0)->stop_token().stop_requested());
}

TEST_CASE("a server that goes leaves what works to the next one") {
  TaskPlace place;
  std::string id;
  {
    TaskServer before{place};
    id = before.begin("export");
    before.bench.dispatcher().drain();
    before.running.at(0)->finish(registry::Outcome::failed(registry::OutcomeKind::refused, "shutting down"));
    CHECK(before.get(id).at("status") == "working");
  }
  TaskServer after{place};
  CHECK(after.get(id).at("status") == "working");
  CHECK(after.running.size() == 1);
}

TEST_CASE("who listens to a task hears of its changes with all there is to know, and of nobody else's") {
  TaskPlace place;
  TaskServer server{place};
  const auto id = server.begin("export");
  const auto wish = text::concat({R"("notifications":{"taskIds":[")", id, R"(","unknown"]})"});
  const auto stream = server.bench.send(frame("subscriptions/listen", wish));
  REQUIRE(stream->notices().size() == 1);
  CHECK(stream->notices()[0].find(text::concat({R"("notifications":{"taskIds":[")", id, R"("]})"})) !=
        std::string::npos);
  server.bench.principal.subject = "bob";
  const auto foreign =
      server.bench.send(text::concat({R"({"jsonrpc":"2.0","id":2)", frame("subscriptions/listen", wish).substr(23)}));
  CHECK(foreign->notices().at(0).find(R"("notifications":{})") != std::string::npos);
  server.running.at(0)->finish(result_of(R"({"n":1})"));
  REQUIRE(stream->notices().size() == 2);
  const auto told = json::read(stream->notices()[1]).value().as_object();
  CHECK(told.at("method") == "notifications/tasks");
  CHECK(told.at("params").at("taskId").as_string() == json::key(id));
  CHECK(told.at("params").at("status") == "completed");
  CHECK(told.at("params").at("result").at("structuredContent").at("n") == 1);
  CHECK(told.at("params").at("_meta").at("io.modelcontextprotocol/subscriptionId") == 1);
  CHECK(foreign->notices().size() == 1);
}

TEST_CASE("a call that ends while it becomes a task is answered once") {
  TaskPlace place;
  TaskServer server{place};
  std::vector<std::shared_ptr<registry::Tool>> tools;
  tools.push_back(std::make_shared<FakeTool>(long_one("race"), [](const Call& call) {
    std::thread other{[call] { call->finish(result_of("{}")); }};
    (void)call->become_task();
    other.join();
  }));
  server.bench.publish(std::move(tools));
  for (int i = 0; i < 200; ++i) {
    const auto answered = server.call("race").at("result").as_object();
    if (answered.at("resultType") == "complete") continue;
    CHECK(server.get(json::view(answered.at("taskId").as_string())).at("status") == "completed");
  }
  CHECK(server.board.running() == 0);
}

TEST_CASE("a task whose process ended twice is not begun a third time") {
  TaskPlace place;
  std::string id;
  {
    TaskServer first{place};
    id = first.begin("export");
  }
  {
    TaskServer second{place};
    CHECK(second.get(id).at("status") == "working");
    CHECK(second.running.size() == 1);
  }
  TaskServer third{place};
  CHECK(third.get(id).at("status") == "failed");
  CHECK(third.running.empty());
}

TEST_CASE("whoever looks while a task goes on with its answers sees it at work, not abandoned") {
  TaskPlace place;
  TaskServer server{place};
  const auto id = server.begin("question");
  std::vector<std::string> seen;
  const auto listening = server.bench.changes.subscribe([&](registry::Changed, std::string_view) {
    seen.emplace_back(json::view(server.get(id).at("status").as_string()));  // in the gap between word and deed
  });
  const auto answers = R"(,"inputResponses":{"1.name":{"action":"accept","content":{"name":"Ana"}}})";
  (void)server.result("tasks/update", id, answers);
  CHECK(seen == std::vector<std::string>{"working", "completed"});
}

TEST_CASE("of many who find a task abandoned one begins it again") {
  TaskPlace place;
  std::string id;
  {
    TaskServer before{place};
    id = before.begin("export");
  }
  TaskServer after{place};
  std::vector<std::thread> askers;
  for (int i = 0; i < 8; ++i) {
    askers.emplace_back([&] {
      for (int turn = 0; turn < 20; ++turn)
        (void)after.bench.send(frame("tasks/get", text::concat({R"("taskId":")", id, "\""})));
    });
  }
  for (auto& asker : askers) asker.join();
  CHECK(after.running.size() == 1);
}
