#pragma once
// Household: the ERP plugin in a host of one, with the real upstream client and the real cache of results, and a clock
// that the test moves.
#include "core/audit/trail.hpp"
#include "core/base/workers.hpp"
#include "core/cache/result_cache.hpp"
#include "core/dispatch/dispatcher.hpp"
#include "core/dispatch/stages/cache.hpp"
#include "core/dispatch/stages/deadline.hpp"
#include "core/dispatch/stages/validate.hpp"
#include "core/json/reader.hpp"
#include "core/plugin/loader.hpp"
#include "core/services/services.hpp"
#include "core/storage/store.hpp"
#include "tests/support/hurried_clock.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <future>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace omie_simulator {

namespace json = boost::json;

class Household final {
 public:
  explicit Household(const std::string& url) {
    tomada::upstream::UpstreamOptions upstream;
    upstream.url = url;
    upstream.kind = "omie";
    upstreams_ = process_.client({{"omie", upstream}});
    tomada::services::Reach reach;
    reach.upstreams = upstreams_.get(), reach.store = store_.get(), reach.metrics = &process_.metrics;
    reach.log = &log_, reach.clock = &clock, reach.audit = &audit_;
    loader_ =
        std::make_unique<tomada::plugin::Loader>(std::vector<std::string>{TOMADA_PLUGINS}, workers_,
                                                 tomada::services::factory(reach), "1", log_, process_.metrics, clock);
    tomada::plugin::InstanceRequest erp;
    erp.instance = erp.use = "erp";
    erp.settings = {{"source", "omie"},
                    {"upstream", "omie"},
                    {"app_key", "123456789"},
                    {"app_secret", "0123456789abcdef0123456789abcdef"}};
    const auto status = loader_->load(erp);
    if (status.state != "loaded") throw std::runtime_error(status.reason);
    registry_.publish(
        std::make_shared<tomada::registry::Catalogue>(tomada::registry::Catalogue::of(loader_->tools()).value()));
    std::vector<std::unique_ptr<tomada::dispatch::Stage>> stages;
    stages.push_back(std::make_unique<tomada::dispatch::Validate>());
    stages.push_back(std::make_unique<tomada::dispatch::Deadline>(tomada::Milliseconds{30'000}, clock));
    stages.push_back(std::make_unique<tomada::dispatch::Cache>(results_, clock));
    dispatcher_ = std::make_unique<tomada::dispatch::Dispatcher>(registry_, std::move(stages), clock);
  }
  ~Household() {
    (void)dispatcher_->wait_until_idle(tomada::Milliseconds{30'000});
    workers_.close();
    registry_.publish(std::make_shared<tomada::registry::Catalogue>());
  }
  Household(const Household&) = delete;
  Household& operator=(const Household&) = delete;

  [[nodiscard]] tomada::registry::Outcome ask(const std::string& tool, const std::string& arguments) {
    tomada::registry::CallRequest request;
    request.tool = tool;
    auto held = std::make_shared<tomada::json::value>(tomada::json::read(arguments).value());
    request.arguments = held.get();
    request.storage = held;
    request.principal = std::make_shared<tomada::Principal>();
    auto told = std::make_shared<std::promise<tomada::registry::Outcome>>();
    auto answer = told->get_future();
    dispatcher_->run(std::make_shared<tomada::registry::Call>(std::move(request), std::make_unique<Ear>(told)));
    return answer.get();
  }
  void settle() { (void)dispatcher_->wait_until_idle(tomada::Milliseconds{30'000}); }  // looks behind answers, too

  tomada::test::HurriedClock clock;

 private:
  class Ear final : public tomada::registry::Listener {
   public:
    explicit Ear(std::shared_ptr<std::promise<tomada::registry::Outcome>> told) : told_{std::move(told)} {}
    void progressed(const tomada::registry::Progress&) override {}
    void logged(int, std::string_view) override {}
    void finished(const tomada::registry::Outcome& outcome) override { told_->set_value(outcome); }

   private:
    std::shared_ptr<std::promise<tomada::registry::Outcome>> told_;
  };

  tomada::test::Folder folder_;
  tomada::test::Process process_{clock, folder_.path()};
  tomada::log::Logger log_{{tomada::log::Level::error, folder_.path() + "/log"}, clock, process_.metrics};
  tomada::audit::Trail audit_{folder_.path(), clock, log_};
  std::unique_ptr<tomada::storage::Store> store_ = tomada::storage::make_memory_store(clock);
  tomada::Workers workers_{8, 4096};
  std::unique_ptr<tomada::upstream::Client> upstreams_;
  std::unique_ptr<tomada::plugin::Loader> loader_;
  tomada::cache::ResultCache results_{64u << 20, clock};
  tomada::registry::Registry registry_;
  std::unique_ptr<tomada::dispatch::Dispatcher> dispatcher_;
};

}  // namespace omie_simulator
