#include "core/tasks/board.hpp"

#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace tomada;
using namespace tomada::tasks;
using namespace std::chrono_literals;

namespace {

struct Bench {
  storage::test::Folder folder;
  test::ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{}, clock, metrics};
  registry::Changes changes;
  std::unique_ptr<storage::Store> store = storage::open_sqlite(folder.file("state.db"), clock).value();

  [[nodiscard]] Ground ground() { return {*store, clock, log, changes}; }
  [[nodiscard]] std::unique_ptr<Board> board() { return std::make_unique<Board>(ground(), folder.file("tasks")); }
};

Task asked(std::string owner =
               "acme\x1f"
               "ana") {
  Task out;
  out.owner = std::move(owner);
  out.tool = "export";
  out.arguments = R"({"year":2026,"name":"Ação"})";
  out.correlation = "0123456789abcdef0123456789abcdef";
  return out;
}

bool complete(Task& task) {
  registry::Outcome outcome;
  outcome.kind = registry::OutcomeKind::result;
  outcome.structured = R"({"total":"10.50"})";
  outcome.freshness.source = "demo";
  outcome.freshness.age = Milliseconds{7};
  task.status = Status::completed;
  task.outcome = outcome;
  return true;
}

}  // namespace

TEST_CASE("a task is there for whoever opens the same state folder") {
  Bench bench;
  const auto board = bench.board();
  const auto task = board->open(asked(), {});
  REQUIRE(storage::test::ok(task));
  CHECK(task->id.size() == 32);
  const auto other = bench.board();
  const auto found = other->find(task->id, task->owner);
  REQUIRE(found.has_value());
  CHECK(found->status == Status::working);
  CHECK(found->arguments == asked().arguments);
  CHECK(found->created == task->created);
  CHECK_FALSE(other->is_abandoned(*found));
}

TEST_CASE("a task is nobody else's, and unknown when its time is over") {
  Bench bench;
  const auto board = bench.board();
  const auto task = board->open(asked(), {}).value();
  CHECK_FALSE(board
                  ->find(task.id,
                         "acme\x1f"
                         "bob")
                  .has_value());
  CHECK_FALSE(board->find("0123456789abcdef0123456789abcdef", task.owner).has_value());
  CHECK_FALSE(board->find("", task.owner).has_value());
  CHECK_FALSE(board
                  ->change(task.id,
                           "acme\x1f"
                           "bob",
                           complete)
                  .has_value());
  bench.clock.advance(Board::time_to_live - 1ms);
  CHECK(board->change(task.id, task.owner, complete).has_value());  // a change does not prolong it
  CHECK(board->find(task.id, task.owner).has_value());
  bench.clock.advance(2ms);
  CHECK_FALSE(board->find(task.id, task.owner).has_value());
}

TEST_CASE("a result comes back byte for byte, and what is over changes no more") {
  Bench bench;
  const auto board = bench.board();
  const auto task = board->open(asked(), {}).value();
  REQUIRE(board->change(task.id, task.owner, complete)->status == Status::completed);
  const auto late = board->change(task.id, task.owner, [](Task& each) {
    each.status = Status::cancelled;
    return true;
  });
  REQUIRE(late.has_value());
  CHECK(late->status == Status::completed);
  const auto found = bench.board()->find(task.id, task.owner);
  REQUIRE(found.has_value());
  REQUIRE(found->outcome.has_value());
  CHECK(found->outcome->kind == registry::OutcomeKind::result);
  CHECK(found->outcome->structured == R"({"total":"10.50"})");
  CHECK(found->outcome->freshness.source == "demo");
  CHECK(found->outcome->freshness.age == 7ms);
}

TEST_CASE("whoever listens hears of every change, and of where the work stands") {
  Bench bench;
  std::vector<std::string> heard;
  const auto subscription = bench.changes.subscribe([&](registry::Changed what, std::string_view id) {
    if (what == registry::Changed::task) heard.emplace_back(id);
  });
  const auto board = bench.board();
  const auto task = board->open(asked(), {}).value();
  board->note(task.id, "2 of 3 pages");
  CHECK(board->find(task.id, task.owner)->message == "2 of 3 pages");
  board->note(task.id, "2 of 3 pages");
  CHECK(heard == std::vector<std::string>{task.id});
  (void)board->change(task.id, task.owner, complete);
  CHECK(heard.size() == 2);
  (void)board->change(task.id, task.owner, complete);
  CHECK(heard.size() == 2);
}

TEST_CASE("the tasks of a process that has gone are abandoned") {
  Bench bench;
  auto gone = bench.board();
  const auto task = gone->open(asked(), {}).value();
  const auto board = bench.board();
  CHECK_FALSE(board->is_abandoned(*board->find(task.id, task.owner)));
  gone.reset();
  CHECK(board->is_abandoned(*board->find(task.id, task.owner)));
  CHECK(std::distance(std::filesystem::directory_iterator{bench.folder.file("tasks")}, {}) == 1);
}

TEST_CASE("one owner cannot take all the room, at work or waiting") {
  Bench bench;
  const auto board = bench.board();
  std::vector<Task> theirs;
  for (std::size_t i = 0; i < Board::most_unfinished; ++i) theirs.push_back(board->open(asked(), {}).value());
  for (const auto& task : theirs) board->rest(task.id, task.round);  // waiting counts, too
  CHECK(board->running() == 0);
  const auto refused = board->open(asked(), {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(refused.error().hint == "wait for some of them to end, or cancel them");
  CHECK(board->open(asked("bob"), {}).has_value());
  (void)board->change(theirs.front().id, theirs.front().owner, complete);
  CHECK(board->open(asked(), {}).has_value());
}

TEST_CASE("what one owner keeps is bounded in bytes until its time is over") {
  Bench bench;
  const auto board = bench.board();
  auto large = asked();
  large.arguments = "\"" + std::string(10u << 20, 'x') + "\"";
  int kept = 0;
  for (; kept < 20; ++kept) {
    const auto task = board->open(large, {});
    if (!task) break;
    board->rest(task->id, 0);
    (void)board->change(task->id, task->owner, complete);
  }
  CHECK(kept == 6);
  CHECK(board->open(asked(), {}).has_value());
  bench.clock.advance(Board::time_to_live + 1ms);
  CHECK(board->open(large, {}).has_value());
}

TEST_CASE("an answer too large to be kept becomes an error that says so") {
  Bench bench;
  const auto board = bench.board();
  const auto task = board->open(asked(), {}).value();
  const auto now = board->change(task.id, task.owner, [](Task& each) {
    (void)complete(each);
    each.outcome->structured = "\"" + std::string(most_record_bytes, 'x') + "\"";
    return true;
  });
  REQUIRE(now.has_value());
  const auto found = board->find(task.id, task.owner);
  REQUIRE(found.has_value());
  CHECK(found->status == Status::completed);
  CHECK(found->outcome->kind == registry::OutcomeKind::tool_error);
  CHECK(found->outcome->message.find("too large to be kept") != std::string::npos);
}

TEST_CASE("the end of one round does not take the next one off the board") {
  Bench bench;
  const auto board = bench.board();
  auto task = board->open(asked(), {}).value();
  task.round = 1;
  board->work(task, {});
  board->rest(task.id, 0);  // the first call's end comes late
  CHECK(board->running() == 1);
  board->rest(task.id, 1);
  CHECK(board->running() == 0);
}

TEST_CASE("a record that is none of ours is no task") {
  for (const char* text : {"", "{", "[]", R"({"status":9})", R"({"status":-1})", R"({"status":"working"})", "{}"}) {
    INFO(text);
    CHECK_FALSE(read_record("id", text).has_value());
  }
}
