#pragma once
// A plugin host in a test: the loader on real worker threads and a hand-moved clock, and calls whose end can be
// awaited.
#include "core/base/workers.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/plugin/loader.hpp"
#include "core/registry/call.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tomada::plugin::test {

class NoServices final : public Services {
 public:
  [[nodiscard]] const void* find(std::string_view) override { return nullptr; }
};

struct Heard {  // by the listener, before the outcome
  std::mutex mutex;
  std::vector<std::string> progress, log;
  int hang_ups = 0;
};

class WaitingListener final : public registry::Listener {
 public:
  WaitingListener(std::promise<registry::Outcome> outcome, std::shared_ptr<Heard> heard)
      : outcome_{std::move(outcome)}, heard_{std::move(heard)} {}
  void progressed(const registry::Progress& progress) override {
    const std::lock_guard lock{heard_->mutex};
    heard_->progress.push_back(std::to_string(int(progress.done)) + "/" +
                               (progress.total ? std::to_string(int(*progress.total)) : "?") + " " +
                               std::string{progress.message});
  }
  void logged(int, std::string_view message) override {
    const std::lock_guard lock{heard_->mutex};
    heard_->log.emplace_back(message);
  }
  void hung_up() override {
    const std::lock_guard lock{heard_->mutex};
    ++heard_->hang_ups;
  }
  void finished(const registry::Outcome& outcome) override { outcome_.set_value(outcome); }

 private:
  std::promise<registry::Outcome> outcome_;
  std::shared_ptr<Heard> heard_;
};

struct Running {
  std::shared_ptr<registry::Call> call;
  std::future<registry::Outcome> outcome;
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
};

class TestHost {
 public:
  explicit TestHost(std::size_t threads = 3, std::size_t queue = 1000)
      : workers{threads, queue},
        loader{{TOMADA_TEST_PLUGINS},
               workers,
               [](const InstanceRequest&, const Manifest&) { return std::make_unique<NoServices>(); },
               "9.9.9",
               log,
               metrics,
               clock} {}

  Status load(const std::string& use, const std::string& instance = {}, const std::string& prefix = {}) {
    InstanceRequest request;
    request.instance = instance.empty() ? use : instance;
    request.use = use;
    request.prefix = prefix;
    request.where = "tomada.toml:12";
    return loader.load(request);
  }

  [[nodiscard]] std::shared_ptr<registry::Tool> tool(const std::string& name) const {
    for (const auto& tool : loader.tools()) {
      if (tool->description().name == name) return tool;
    }
    throw std::runtime_error("no tool " + name);
  }

  // Starts a call; its arguments must outlive it.
  [[nodiscard]] Running start(const std::string& name, const json::value* arguments = nullptr,
                              registry::CallRequest request = {}) const {
    Running out;
    request.tool = name;
    request.arguments = arguments;
    request.principal = std::make_shared<const Principal>(Principal{"ana", "acme", {"finance"}});
    request.correlation = "0123456789abcdef0123456789abcdef";
    start(*tool(name), out, std::move(request));
    return out;
  }
  // The same of anything else that can be called.
  [[nodiscard]] registry::Outcome ask(registry::Target& target, const json::value& arguments,
                                      registry::CallRequest request = {}) const {
    Running running;
    request.arguments = &arguments;
    request.principal = std::make_shared<const Principal>();
    request.correlation = "0123456789abcdef0123456789abcdef";
    start(target, running, std::move(request));
    return running.outcome.get();
  }
  [[nodiscard]] registry::Outcome call(const std::string& name, const json::value* arguments = nullptr) const {
    return start(name, arguments).outcome.get();
  }

  [[nodiscard]] double counted(const char* name) const { return metrics.value(name).value_or(0); }
  [[nodiscard]] double misbehaviour() const { return counted("tomada_plugin_misbehaviour_total"); }

  static void start(registry::Target& target, Running& out, registry::CallRequest request) {
    std::promise<registry::Outcome> promise;
    out.outcome = promise.get_future();
    out.call = std::make_shared<registry::Call>(std::move(request),
                                                std::make_unique<WaitingListener>(std::move(promise), out.heard));
    out.call->deadline = out.call->request().deadline.value_or(registry::Call::no_deadline);
    target.start(out.call);
  }

  tomada::test::ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, "/dev/null"}, clock, metrics};
  Workers workers;
  Loader loader;
};

}  // namespace tomada::plugin::test
