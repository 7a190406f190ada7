// Real processes and the real store: kill -9, three at once, and a timer that stops at once.
#include "tests/unit/alerts/support.hpp"

#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace tomada::alerts::test;
using tomada::alerts::Receiver;
namespace json = tomada::json;

namespace {

int rounds_of_proof(int quick) {
  const char* wish = std::getenv("TOMADA_PROOF");
  const int wished = wish ? std::atoi(wish) : 0;
  return wished > quick ? wished : quick;
}

std::string name_of(int round, int i) { return "r" + std::to_string(round) + "_" + std::to_string(i); }

[[noreturn]] void create_until_killed(const Folder& folder, int round, int acknowledgements) {
  const tomada::SystemClock clock;
  auto store = tomada::storage::open_sqlite(folder.file("state.db"), clock);
  if (!store) _exit(3);
  World world{**store, clock, folder, {{"log", {"log", ""}}}};
  for (int i = 0;; i = (i + 1) % 20) {
    json::object rule = high(0, "log");
    rule["name"] = name_of(round, i);
    const bool is_done = world.engine.request("create", {{"rule", rule}}, "test").has_value();
    if (is_done && ::write(acknowledgements, &i, sizeof i) != sizeof i) _exit(5);
  }
}

}  // namespace

TEST_CASE("No rule that was acknowledged is lost by kill -9") {
  const Folder folder;
  const int rounds = rounds_of_proof(5);
  std::vector<std::string> acknowledged;
  for (int round = 0; round < rounds; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    if (child == 0) create_until_killed(folder, round, pipe[1]);
    ::close(pipe[1]);
    int created = 0;
    for (int i = 0; i <= round % 7; ++i) {
      REQUIRE(::read(pipe[0], &created, sizeof created) == sizeof created);
      acknowledged.push_back(name_of(round, created));
    }
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &created, sizeof created) == sizeof created) acknowledged.push_back(name_of(round, created));
    ::close(pipe[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
  }
  const tomada::SystemClock clock;
  const auto store = tomada::storage::open_sqlite(folder.file("state.db"), clock).value();
  World world{*store, clock, folder, {{"log", {"log", ""}}}};
  std::set<std::string> present;
  const auto list = world.ask("list");
  for (const auto& rule : list.at("rules").as_array()) present.emplace(rule.at("name").as_string());
  for (const auto& name : acknowledged) {
    INFO(name);
    CHECK(present.contains(name));
  }
}

TEST_CASE("The timer evaluates by itself and stops without waiting for its interval") {
  Folder folder;
  const tomada::SystemClock clock;
  Sink sink;
  const auto store = tomada::storage::make_memory_store(clock);
  World world{*store, clock, folder, {{"hook", {"webhook", sink.url()}}}};
  world.ask("create", {{"rule", high()}});
  world.set("m", 11);
  world.engine.start();
  while (sink.messages().empty()) std::this_thread::yield();  // the first round comes at once, the next in 15 s
  world.engine.stop();
  CHECK(sink.statuses() == std::vector<std::string>{"high firing"});
}

TEST_CASE("Stopping breaks off a delivery to a receiver that never answers") {
  Folder folder;
  const tomada::SystemClock clock;
  httplib::Server silent;  // accepts, reads, and holds its answer back until the test is over
  std::atomic<bool> was_reached{false}, is_over{false};
  silent.Post("/", [&](const httplib::Request&, httplib::Response&) {
    was_reached = true;
    while (!is_over) std::this_thread::yield();
  });
  const int port = silent.bind_to_any_port("127.0.0.1");
  std::thread serving{[&silent] { silent.listen_after_bind(); }};
  const auto store = tomada::storage::make_memory_store(clock);
  World world{*store, clock, folder, {{"hook", {"webhook", "http://127.0.0.1:" + std::to_string(port) + "/"}}}};
  world.ask("create", {{"rule", high()}});
  world.set("m", 11);
  world.engine.start();
  while (!was_reached) std::this_thread::yield();
  world.engine.stop();
  CHECK_FALSE(is_over);  // it did not wait for the answer, which comes only now
  is_over = true;
  silent.stop();
  serving.join();
  std::size_t kept = 0;
  REQUIRE(store->scan("alerts.outbox", "", [&kept](auto, auto) { ++kept; }).has_value());
  CHECK(kept == 1);
}
