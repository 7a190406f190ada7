#include "tests/unit/plugin/support.hpp"

using namespace tomada;
using registry::OutcomeKind;
using tomada::plugin::test::TestHost;

namespace {

struct LoadedHost : TestHost {
  explicit LoadedHost(std::size_t threads = 3, std::size_t queue = 1000) : TestHost{threads, queue} {
    REQUIRE(load("conduct").state == "loaded");
  }
  // Until so many calls stand at the gate.
  void await_inside(int count) const {
    const auto wanted = R"({"inside":)" + std::to_string(count) + "}";
    while (call("count_inside").structured != wanted) std::this_thread::yield();
  }
};

}  // namespace

TEST_CASE("a tool gets its arguments, the caller, the correlation and the time left") {
  LoadedHost host;
  const json::value arguments{{"what", 74.9}};
  registry::CallRequest request;
  request.deadline = host.clock.steady_now() + Milliseconds{1500};
  auto running = host.start("echo", &arguments, request);
  CHECK(running.outcome.get().structured ==
        R"({"arguments":{"what":74.9},"principal":{"subject":"ana","tenant":"acme","roles":["finance"]},)"
        R"("correlation":"0123456789abcdef0123456789abcdef","deadline_ms":1500})");
}

TEST_CASE("an answer says where its facts come from and how old they are") {
  LoadedHost host;
  const auto outcome = host.call("aged");
  CHECK(outcome.kind == OutcomeKind::result);
  CHECK(outcome.content == R"([{"type": "text", "text": "old"}])");
  CHECK(outcome.meta == R"({"example/key": 1})");
  CHECK(outcome.freshness.source == "demo");
  CHECK(outcome.freshness.age == Milliseconds{5000});
  CHECK(outcome.freshness.as_of == rfc3339(host.clock.wall_now() - Milliseconds{5000}));
}

TEST_CASE("an answer from a plugin's own copy says so, when it was read, and when a new look is possible") {
  LoadedHost host;
  const auto outcome = host.call("copied");
  CHECK(outcome.freshness.origin == registry::Origin::cache);
  CHECK(outcome.is_private);
  CHECK(outcome.freshness.age == Milliseconds{10'000});  // the instant counts, not the plugin's arithmetic
  CHECK(outcome.freshness.as_of == rfc3339(host.clock.wall_now() - Milliseconds{10'000}));
  CHECK(outcome.freshness.refresh_in == Milliseconds{42'000});
  CHECK(host.call("aged").freshness.origin == registry::Origin::live);
  CHECK_FALSE(host.call("aged").freshness.refresh_in);
}

TEST_CASE("progress, log lines and a hang-up reach the listener before the outcome") {
  LoadedHost host;
  auto running = host.start("tell");
  CHECK(running.outcome.get().kind == OutcomeKind::result);
  CHECK(running.heard->progress == std::vector<std::string>{"1/2 half", "2/? done"});
  CHECK(running.heard->log == std::vector<std::string>{"careful"});
  CHECK(running.heard->hang_ups == 1);
  CHECK(host.misbehaviour() == 0);
}

TEST_CASE("a tool that needs input is entered again with the answers") {
  LoadedHost host;
  const auto questions = host.call("ask");
  CHECK(questions.kind == OutcomeKind::needs_input);
  CHECK(questions.requests.find(R"({"sure": {"method": "elicitation/create", "params": {"message": "Sure?")") == 0);
  CHECK(questions.state == "step 1");

  registry::CallRequest again;
  again.answers = R"({"sure": {"action": "accept"}})";
  again.state = questions.state;
  auto running = host.start("ask", nullptr, again);
  CHECK(running.outcome.get().structured == R"({"answers":{"sure": {"action": "accept"}}})");
}

TEST_CASE("failures keep their reader: the model or the caller") {
  LoadedHost host;
  const auto for_model = host.call("fail_for_model");
  CHECK(for_model.kind == OutcomeKind::tool_error);
  CHECK(for_model.message == "no stock; try another product");
  CHECK(host.call("fail_for_caller").kind == OutcomeKind::invalid_params);
}

TEST_CASE("a tool may finish later, on a thread of its own") {
  LoadedHost host;
  CHECK(host.call("later").structured == R"({"from": "another thread"})");
  CHECK(host.misbehaviour() == 0);
}

TEST_CASE("an answer that breaks the contract is an internal error that names the plugin, and is counted") {
  const char* tools[] = {"answer_no_json", "answer_no_utf8",     "message_no_utf8", "no_message",
                         "break_promise",  "answer_nothing",     "unknown_outcome", "no_answer",
                         "meta_no_object", "content_no_blocks",  "ask_nothing",     "bytes_without_address",
                         "throw_a_number", "throw_over_the_line"};
  LoadedHost host;
  double expected = 0;
  for (const auto* tool : tools) {
    const auto outcome = host.call(tool);
    INFO(tool);
    CHECK(outcome.kind == OutcomeKind::internal);
    CHECK(outcome.message == "the plugin \"conduct\" answered " + std::string{tool} +
                                 " wrongly; the server's log has the details under 0123456789abcdef0123456789abcdef");
    CHECK(host.misbehaviour() == ++expected);
  }
  CHECK(host.call("number").kind == OutcomeKind::result);  // and it goes on
}

TEST_CASE("the first finish counts, the second is the plugin's misbehaviour") {
  LoadedHost host{1};
  CHECK(host.call("finish_twice").structured == R"({"finish": 1})");
  (void)host.call("number");  // on the same one worker: the first call has returned
  CHECK(host.misbehaviour() == 1);
}

TEST_CASE("a finish, and progress, long after the call was over harm nobody") {
  std::unique_ptr<LoadedHost> host{new LoadedHost{1}};
  CHECK(host->call("finish_twice_later").structured == R"({"finish": 1})");
  (void)host->call("number");
  (void)host->call("open_gate");
  while (host->misbehaviour() < 2) std::this_thread::yield();
  CHECK(host->misbehaviour() == 2);
}

TEST_CASE("a call may be finished on one thread while another one still speaks of it") {
  LoadedHost host;
  for (int i = 0; i < 20; ++i) CHECK(host.call("chatter").structured == R"({"finish": 1})");
}

TEST_CASE("an exception after the finish changes nothing for the caller") {
  LoadedHost host{1};
  CHECK(host.call("throw_after_finish").kind == OutcomeKind::result);
  (void)host.call("number");
  CHECK(host.misbehaviour() == 1);
}

TEST_CASE("progress and log lines that are nonsense are dropped and counted") {
  LoadedHost host;
  auto running = host.start("progress_nonsense");
  CHECK(running.outcome.get().kind == OutcomeKind::result);
  CHECK(running.heard->progress.empty());
  CHECK(running.heard->log == std::vector<std::string>{"a level that there is not"});
  CHECK(host.misbehaviour() == 3);
}

TEST_CASE("a cancelled call wakes its tool") {
  LoadedHost host;
  auto running = host.start("wait_for_cancel");
  running.call->cancel();
  CHECK(running.outcome.get().kind == OutcomeKind::cancelled);
}

TEST_CASE("an answer after the call was given up is dropped and counted") {
  LoadedHost host{1};
  auto running = host.start("gate");
  host.await_inside(1);
  REQUIRE(running.call->finish(registry::Outcome::failed(OutcomeKind::cancelled, "the deadline has passed")));
  (void)host.call("open_gate");
  (void)host.call("number");  // the one worker is free again
  CHECK(running.outcome.get().message == "the deadline has passed");
  CHECK(host.counted("tomada_plugin_late_answers_total") == 1);
  CHECK(host.misbehaviour() == 0);
}

TEST_CASE("a call that was cancelled while it waited never enters the plugin") {
  LoadedHost host{1};
  auto first = host.start("serial_gate");
  host.await_inside(1);
  auto second = host.start("serial_gate");
  second.call->cancel();
  (void)host.call("open_gate");
  CHECK(first.outcome.get().kind == OutcomeKind::result);
  CHECK(second.outcome.get().kind == OutcomeKind::cancelled);
  CHECK(host.call("open_gate").structured == R"({"most_inside":1})");
}

TEST_CASE("a serial tool never runs twice at once, others do") {
  for (const std::string tool : {"serial_gate", "gate"}) {
    LoadedHost host{4};
    std::vector<plugin::test::Running> calls;
    calls.reserve(3);
    for (int i = 0; i < 3; ++i) calls.push_back(host.start(tool));
    host.await_inside(tool == "gate" ? 3 : 1);
    (void)host.call("open_gate");
    for (auto& running : calls) CHECK(running.outcome.get().kind == OutcomeKind::result);
    CHECK(host.call("open_gate").structured == (tool == "gate" ? R"({"most_inside":3})" : R"({"most_inside":1})"));
  }
}

TEST_CASE("a plugin whose calls hang leaves a worker for the others") {
  LoadedHost host{3};
  REQUIRE(host.load("right_one").state == "loaded");
  std::vector<plugin::test::Running> calls;
  calls.reserve(20);
  for (int i = 0; i < 20; ++i) calls.push_back(host.start("gate"));
  host.await_inside(2);  // its share of three threads
  CHECK(host.call("refused_tool").kind == OutcomeKind::result);
  (void)host.call("open_gate");
  for (auto& running : calls) CHECK(running.outcome.get().kind == OutcomeKind::result);
  CHECK(host.call("open_gate").structured == R"({"most_inside":2})");
}

TEST_CASE("a plugin with too many calls waiting refuses more, with the time to retry") {
  LoadedHost host{2};
  std::vector<plugin::test::Running> calls;
  calls.reserve(1 + 256);
  for (int i = 0; i < 1 + 256; ++i) calls.push_back(host.start("gate"));
  const auto refused = host.call("gate");
  CHECK(refused.kind == OutcomeKind::refused);
  CHECK(refused.message == "the plugin \"conduct\" is busy; retry in 1 s");
  CHECK(refused.retry_after == Milliseconds{1000});
  CHECK(host.counted("tomada_plugin_busy_total") == 1);
  (void)host.call("open_gate");
  for (auto& running : calls) CHECK(running.outcome.get().kind == OutcomeKind::result);
}

TEST_CASE("a full worker pool refuses at once and recovers") {
  LoadedHost host{1, 0};  // no thread takes what cannot be queued
  CHECK(host.call("gate").kind == OutcomeKind::refused);
  CHECK(host.call("serial_gate").kind == OutcomeKind::refused);
  CHECK(host.call("serial_gate").kind == OutcomeKind::refused);
  CHECK(host.call("echo").kind == OutcomeKind::result);  // inline needs no thread
}

TEST_CASE("the loader cancels what runs and unloads a plugin only after its last call") {
  auto host = std::make_unique<LoadedHost>();
  auto waiting = host->start("wait_for_cancel");
  host->await_inside(1);
  host.reset();
  REQUIRE(waiting.outcome.wait_for(std::chrono::seconds{0}) == std::future_status::ready);
  CHECK(waiting.outcome.get().message == "woken");  // the tool itself came to its end
}

TEST_CASE("a tool outlives its plugin as a polite refusal") {
  std::shared_ptr<registry::Tool> tool;
  {
    LoadedHost host;
    tool = host.tool("number");
  }
  std::promise<registry::Outcome> promise;
  auto outcome = promise.get_future();
  registry::CallRequest request;
  request.principal = std::make_shared<const Principal>();
  tool->start(std::make_shared<registry::Call>(
      std::move(request), std::make_unique<plugin::test::WaitingListener>(std::move(promise), nullptr)));
  CHECK(outcome.get().kind == OutcomeKind::refused);
}
