#pragma once
// A server whose one tool is cached and answers when the test says so.
#include "core/dispatch/stages/cache.hpp"
#include "core/dispatch/stages/deadline.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

namespace tomada::test {

inline registry::ToolDescription cached_tool() {
  registry::ToolDescription out;
  out.name = "erp_receivables";
  out.version = "1";
  out.annotations.is_read_only = true;
  out.cache = registry::CachePolicy{Milliseconds{60'000}};
  return out;
}

struct CacheBench {
  explicit CacheBench(registry::ToolDescription description = cached_tool())
      : tool{std::make_shared<ScriptedTool>(std::move(description), [this](auto call) { running.push_back(call); })} {
    registry.publish(catalogue({tool}));
    std::vector<std::unique_ptr<dispatch::Stage>> stages;
    auto deadline_stage = std::make_unique<dispatch::Deadline>(Milliseconds{30'000}, clock);
    deadline = deadline_stage.get();
    stages.push_back(std::move(deadline_stage));
    stages.push_back(std::make_unique<dispatch::Cache>(results, clock));
    dispatcher = std::make_unique<dispatch::Dispatcher>(registry, std::move(stages), clock);
  }
  ~CacheBench() {  // what still runs ends; a follower that takes a leader's place runs after it
    for (std::size_t i = 0; i < running.size(); ++i) finish(i, answer("0"));
  }
  Asked call(std::string_view arguments = "{}", Principal principal = {}) {
    auto asked = ask("erp_receivables", arguments, std::move(principal));
    dispatcher->run(asked.call);
    return asked;
  }
  void finish(std::size_t which, registry::Outcome outcome) { running.at(which)->finish(std::move(outcome)); }

  ManualClock clock;
  cache::ResultCache results{1u << 20, clock};
  registry::Registry registry;
  std::vector<std::shared_ptr<registry::Call>> running;
  std::shared_ptr<ScriptedTool> tool;
  dispatch::Deadline* deadline = nullptr;
  std::unique_ptr<dispatch::Dispatcher> dispatcher;
};

}  // namespace tomada::test
