#pragma once
// TestHost: the services over fakes, and a plugin in a real shared object that has one tool for each of them.
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/registry/call.hpp"
#include "core/services/services.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tomada::services::test {

using registry::Outcome;
using registry::OutcomeKind;
using tomada::test::ManualClock;

class FakeUpstream final : public upstream::Client {
 public:
  Result<upstream::Response> fetch(const upstream::Request& request) override {
    requests.push_back(request);
    could_be_stopped = request.stop.stop_possible();
    if (must_throw) throw std::runtime_error("the pool is on fire");
    if (!response) return failure(ErrorCode::busy, "the limit of \"omie\" is reached", {}, "retry in 12 s");
    return *response;
  }
  std::vector<upstream::Request> requests;
  bool could_be_stopped = false;  // while the last request ran
  std::optional<upstream::Response> response;
  bool must_throw = false;
};

class FakeDatabases final : public sql::Databases {
 public:
  bool knows(std::string_view upstream) const override { return upstream == "books"; }
  Result<sql::Answer> ask(const sql::Question& question) override {
    questions.push_back(question);
    could_be_stopped = question.stop.stop_possible();
    if (must_throw) throw std::runtime_error("the pool is on fire");
    if (trouble) return *trouble;
    return sql::Answer{{R"([{"name":"amount","type":"numeric"}])", R"([["12.30"],[null]])", 2},
                       sql::Dialect::postgresql};
  }
  std::vector<sql::Question> questions;
  bool could_be_stopped = false;
  std::optional<Error> trouble;
  bool must_throw = false;
};

class Waiting final : public registry::Listener {
 public:
  explicit Waiting(std::promise<Outcome> outcome) : outcome_{std::move(outcome)} {}
  void progressed(const registry::Progress&) override {}
  void logged(int, std::string_view) override {}
  void finished(const Outcome& outcome) override { outcome_.set_value(outcome); }

 private:
  std::promise<Outcome> outcome_;
};

struct Folder {  // of this process, gone with the test
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("tomada-services-" + std::to_string(getpid()));
};

class TestHost {
 public:
  explicit TestHost(json::object settings = {}, std::vector<std::string> granted = {}) {
    plugin::InstanceRequest request;
    request.instance = "mine";
    request.use = "services";
    request.settings = std::move(settings);
    request.services = std::move(granted);
    const auto status = loader.load(request);
    INFO(status.reason);
    REQUIRE(status.state == "loaded");
  }

  Outcome call(const std::string& name, const json::value& arguments = json::object{}) {
    std::promise<Outcome> promise;
    auto outcome = promise.get_future();
    registry::CallRequest request;
    request.arguments = &arguments;
    request.principal = std::make_shared<const Principal>(Principal{"ana", "acme", {}});
    request.correlation = "0123456789abcdef0123456789abcdef";
    request.traceparent = traceparent;
    auto running = std::make_shared<registry::Call>(std::move(request), std::make_unique<Waiting>(std::move(promise)));
    running->deadline = clock.steady_now() + Milliseconds{2000};
    for (const auto& tool : loader.tools()) {
      if (tool->description().name == name) tool->start(running);
    }
    return outcome.get();
  }
  json::object ask(const std::string& name, const json::value& arguments = json::object{}) {
    const auto outcome = call(name, arguments);
    INFO(outcome.message);
    REQUIRE(outcome.kind == OutcomeKind::result);
    return json::read(outcome.structured)->as_object();
  }

  Folder folder;
  std::string traceparent;
  ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::info, (folder.path / "log").string()}, clock, metrics};
  health::Board health{clock};
  FakeUpstream upstreams;
  FakeDatabases databases;
  std::unique_ptr<storage::Store> store = storage::make_memory_store(clock);
  storage::Leader leader{(folder.path / "leader.lock").string()};
  alerts::Engine alerts{{}, *store, leader, [](std::string_view) { return std::nullopt; }, clock, log, metrics, health};
  Workers workers{2, 16};
  plugin::Loader loader{{TOMADA_TEST_PLUGINS},
                        workers,
                        services::factory({&upstreams, store.get(), &metrics, &health, &alerts, &log, &clock, nullptr,
                                           nullptr, &databases}),
                        "9.9.9",
                        log,
                        metrics,
                        clock};
};

}  // namespace tomada::services::test
