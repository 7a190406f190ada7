// tomada.notify/1 as a plugin uses it: what it tells reaches whoever subscribed.
#include "core/registry/call.hpp"
#include "core/services/services.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <memory>
#include <string>
#include <vector>

using namespace tomada;

namespace {

class Waiting final : public registry::Listener {
 public:
  explicit Waiting(std::promise<void> over) : over_{std::move(over)} {}
  void progressed(const registry::Progress&) override {}
  void logged(int, std::string_view) override {}
  void finished(const registry::Outcome&) override { over_.set_value(); }

 private:
  std::promise<void> over_;
};

void call(const plugin::Loader& loader, std::string_view name) {
  std::promise<void> promise;
  auto over = promise.get_future();
  registry::CallRequest request;
  request.principal = std::make_shared<const Principal>();
  const auto running =
      std::make_shared<registry::Call>(std::move(request), std::make_unique<Waiting>(std::move(promise)));
  for (const auto& tool : loader.tools()) {
    if (tool->description().name == name) tool->start(running);
  }
  over.get();
}

}  // namespace

TEST_CASE("a plugin tells that a list or a resource has changed") {
  test::ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, "/dev/null"}, clock, metrics};
  registry::Changes changes;
  std::vector<std::string> heard;
  const auto subscription = changes.subscribe([&heard](registry::Changed what, std::string_view uri) {
    heard.push_back(std::to_string(static_cast<int>(what)) + std::string{uri});
  });
  services::Reach reach;
  reach.log = &log;
  reach.clock = &clock;
  reach.changes = &changes;
  Workers workers{2, 100};
  plugin::Loader loader{{TOMADA_TEST_PLUGINS}, workers, services::factory(reach), "9.9.9", log, metrics, clock};
  plugin::InstanceRequest request;
  request.instance = request.use = "conformance";
  REQUIRE(loader.load(request).state == "loaded");
  for (const auto* tool : {"test_trigger_tool_change", "test_trigger_prompt_change", "test_trigger_resource_change"}) {
    call(loader, tool);
  }
  CHECK(heard == std::vector<std::string>{"0", "1", "3test://watched-resource"});
}
