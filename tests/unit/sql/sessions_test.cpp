// The connections, over a driver that does what the test says.
#include "core/sql/sessions.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <deque>

using namespace std::chrono_literals;
using namespace tomada;
using namespace tomada::sql;

namespace {

struct Script {
  int connections = 0;
  bool is_sound = true;
  std::deque<std::optional<Trouble>> troubles;  // of the next questions
  std::vector<std::string> asked;
};

class ScriptedSession final : public Session {
 public:
  explicit ScriptedSession(Script& script) : script_{script} {}
  bool is_sound() override { return script_.is_sound; }
  std::optional<Trouble> ask(const Statement& statement, Receiver& receiver, const Patience&) override {
    script_.asked.push_back(statement.text);
    std::optional<Trouble> trouble;
    if (!script_.troubles.empty()) {
      trouble = script_.troubles.front();
      script_.troubles.pop_front();
    }
    if (!trouble) receiver.columns({{"a", ""}});
    return trouble;
  }

 private:
  Script& script_;
};

class ScriptedDriver final : public Driver {
 public:
  explicit ScriptedDriver(Script& script) : script_{script} {}
  boost::system::result<std::unique_ptr<Session>, Trouble> connect(const std::string&, const Patience&) override {
    ++script_.connections;
    return std::unique_ptr<Session>{std::make_unique<ScriptedSession>(script_)};
  }

 private:
  Script& script_;
};

struct Bench {
  std::optional<Trouble> ask() {
    TableWriter writer{Bounds{}};
    return sessions.run({"SELECT 1", {}}, writer, {clock, clock.steady_now() + 1s, {}});
  }
  Script script;
  test::ManualClock clock;
  Sessions sessions{std::make_unique<ScriptedDriver>(script), {}, {}, clock};
};

}  // namespace

TEST_CASE("a connection is used again, also after a statement was refused", "[sql]") {
  Bench bench;
  bench.script.troubles = {std::nullopt, Trouble{Broken::statement, "no such column", {}}, std::nullopt};
  CHECK_FALSE(bench.ask());
  CHECK(bench.ask()->reason == "no such column");
  CHECK_FALSE(bench.ask());
  CHECK(bench.script.connections == 1);
}

TEST_CASE("what is cut on a connection that lay still is asked once more on a new one", "[sql]") {
  Bench bench;
  CHECK_FALSE(bench.ask());
  bench.script.troubles = {Trouble{Broken::cut, "it hung up", {}}, std::nullopt};
  CHECK_FALSE(bench.ask());
  CHECK(bench.script.connections == 2);
  CHECK(bench.script.asked.size() == 3);

  bench.script.is_sound = false;
  bench.script.troubles = {Trouble{Broken::cut, "it hung up", {}}};
  CHECK(bench.ask()->how == Broken::cut);  // on a new one it is the answer
  CHECK(bench.script.connections == 3);
}

TEST_CASE("a connection that lay still for long is not used again", "[sql]") {
  Bench bench;
  CHECK_FALSE(bench.ask());
  bench.clock.advance(10min);
  CHECK_FALSE(bench.ask());
  CHECK(bench.script.connections == 2);
}
