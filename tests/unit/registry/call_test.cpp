#include "core/registry/call.hpp"

#include "core/json/reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace tomada;
using namespace tomada::registry;

namespace {

using Events = std::vector<std::string>;

// Writes down what it hears, in order.
class Recorder final : public Listener {
 public:
  explicit Recorder(Events& events) : events_{events} {}
  void progressed(const Progress& progress) override { events_.push_back("progress " + std::string{progress.message}); }
  void logged(int level, std::string_view message) override {
    events_.push_back("log " + std::to_string(level) + " " + std::string{message});
  }
  void finished(const Outcome& outcome) override { events_.push_back("finished " + outcome.message); }

 private:
  Events& events_;
};

std::shared_ptr<Call> make_call(Events& events, CallRequest request = {}) {
  return std::make_shared<Call>(std::move(request), std::make_unique<Recorder>(events));
}

}  // namespace

TEST_CASE("a call finishes once; whatever comes later is dropped") {
  Events events;
  const auto call = make_call(events);
  CHECK_FALSE(call->is_finished());
  CHECK(call->finish(Outcome::tool_error("first")));
  CHECK(call->is_finished());
  CHECK_FALSE(call->finish(Outcome::tool_error("second")));
  call->progress({1, {}, "too late"});
  call->log(1, "too late");
  CHECK(events == Events{"finished first"});
}

TEST_CASE("the listener hears progress and logs in order, then the outcome after the stages have left") {
  Events events;
  const auto call = make_call(events);
  call->on_finish = [&events](Call&, Outcome& outcome) {
    events.push_back("stages leave");
    outcome.message += ", shaped";
  };
  call->progress({1, 2, "half"});
  call->log(2, "careful");
  CHECK(call->finish(Outcome::tool_error("done")));
  CHECK(events == Events{"progress half", "log 2 careful", "stages leave", "finished done, shaped"});
}

TEST_CASE("of many threads that finish a call exactly one wins") {
  for (int round = 0; round < 20; ++round) {
    Events events;
    const auto call = make_call(events);
    std::atomic<int> winners{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] { winners += call->finish(Outcome::tool_error("x")) ? 1 : 0; });
    }
    for (auto& thread : threads) thread.join();
    REQUIRE(winners == 1);
    REQUIRE(events.size() == 1);
  }
}

TEST_CASE("cancelling asks the tool to stop and finishes nothing by itself") {
  Events events;
  const auto call = make_call(events);
  const auto token = call->stop_token();
  bool was_told = false;
  const std::stop_callback callback{token, [&was_told] { was_told = true; }};
  CHECK_FALSE(token.stop_requested());
  call->cancel();
  CHECK(token.stop_requested());
  CHECK(was_told);
  CHECK_FALSE(call->is_finished());
  CHECK(call->finish(Outcome::failed(OutcomeKind::cancelled, "stopped")));
  CHECK(events == Events{"finished stopped"});
}

TEST_CASE("arguments are an object, also when none were given") {
  Events events;
  CHECK(make_call(events)->arguments().empty());
  CHECK(make_call(events)->arguments_text() == "{}");
  const auto arguments = std::make_shared<const json::value>(json::read(R"({"limit":5,"share":0.5})").value());
  CallRequest request;
  request.storage = arguments;
  request.arguments = arguments.get();
  const auto call = make_call(events, std::move(request));
  CHECK(call->arguments().at("limit").as_int64() == 5);
  CHECK(call->arguments_text() == R"({"limit":5,"share":0.5})");
}

TEST_CASE("a call stays alive while its outcome is delivered") {
  Events events;
  auto call = make_call(events);
  Call* raw = call.get();
  call->on_finish = [&call](Call&, Outcome&) { call.reset(); };
  CHECK(raw->finish(Outcome::tool_error("last")));
  CHECK(events == Events{"finished last"});
}
