// Members are built top to bottom and die bottom to top, so each may use what stands above it. The loader stands below
// the dispatcher's parts that plugins reach through services and above the registry that holds their tools.
#include "core/app/server.hpp"

#include "core/alerts/engine.hpp"
#include "core/app/convert.hpp"
#include "core/app/paths.hpp"
#include "core/app/samples.hpp"
#include "core/app/watch.hpp"
#include "core/base/text.hpp"
#include "core/base/workers.hpp"
#include "core/cache/result_cache.hpp"
#include "core/dispatch/stages/authorise.hpp"
#include "core/dispatch/stages/cache.hpp"
#include "core/dispatch/stages/deadline.hpp"
#include "core/dispatch/stages/measure.hpp"
#include "core/dispatch/stages/validate.hpp"
#include "core/services/services.hpp"
#include "core/storage/leader.hpp"
#include "core/storage/store.hpp"
#include "core/upstream/options.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace tomada::app {

namespace {

Error refusal(const plugin::InstanceRequest& request, const plugin::Status& status) {
  const std::string place = request.where + ": ";
  const bool names_place = status.reason.rfind(place, 0) == 0;
  return failure(ErrorCode::configuration, names_place ? status.reason.substr(place.size()) : status.reason,
                 request.where, status.hint);
}

}  // namespace

struct Server::Parts {
  explicit Parts(Settings with)
      : settings{std::move(with)},
        log{log_options(settings.config), clock, metrics},
        health{clock},
        roles{role_map(settings.config)},
        results{settings.config.cache_bytes, clock},
        leader{settings.state + "/leader.lock"},
        workers{worker_count(settings.config), 4096} {
    for (const auto& secret : settings.config.secrets) log.hide(secret);
  }
  ~Parts() {
    if (alerts) alerts->stop();
    workers.close();  // no call runs any more when plugins go
    registry.publish(std::make_shared<const registry::Catalogue>());
  }

  Result<void> open();
  Result<void> load_plugins();
  void build_dispatcher();

  Settings settings;
  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log;
  health::Board health;
  auth::Roles roles;
  cache::ResultCache results;
  storage::Leader leader;
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<upstream::Client> upstreams;
  const dispatch::Measure* measure = nullptr;  // a stage of the dispatcher
  std::unique_ptr<alerts::Engine> alerts;
  Workers workers;
  std::unique_ptr<plugin::Loader> loader;
  registry::Registry registry;
  std::unique_ptr<dispatch::Dispatcher> dispatcher;
  std::unique_ptr<protocol::Service> service;
};

Result<void> Server::Parts::open() {
  if (const auto prepared = prepare_state(settings.state); !prepared) return prepared.error();
  auto opened = storage::open_sqlite(settings.state + "/tomada.db", clock);
  if (!opened) return opened.error();
  store = std::move(*opened);
  auto client = upstream::make_client(upstream_options(settings.config), {clock, log, metrics, health, settings.state});
  if (!client) return client.error();
  upstreams = std::move(*client);
  build_dispatcher();
  alerts = std::make_unique<alerts::Engine>(alert_options(settings.config), *store, leader, sampler(metrics, *measure),
                                            clock, log, metrics, health);
  return {};
}

void Server::Parts::build_dispatcher() {
  registry.publish(std::make_shared<const registry::Catalogue>());
  auto measuring = std::make_unique<dispatch::Measure>(log, metrics, clock);
  measure = measuring.get();
  metrics.collect("tomada_response_time_seconds",
                  "Mean time of the last minute's calls that no cache answered; 0: none.",
                  [measured = measure] { return measured->recent_milliseconds().value_or(0) / 1'000; });
  std::vector<std::unique_ptr<dispatch::Stage>> stages;
  stages.push_back(std::move(measuring));
  stages.push_back(std::make_unique<dispatch::Authorise>(roles));
  stages.push_back(std::make_unique<dispatch::Validate>());
  stages.push_back(std::make_unique<dispatch::Deadline>(settings.config.call_timeout, clock));
  stages.push_back(std::make_unique<dispatch::Cache>(results, clock));
  dispatcher = std::make_unique<dispatch::Dispatcher>(registry, std::move(stages), clock);
  metrics.collect("tomada_calls_in_flight", "Tool calls that are not answered yet.",
                  [calls = dispatcher.get()] { return static_cast<double>(calls->in_flight()); });
  service = std::make_unique<protocol::Service>(
      protocol::Service{*dispatcher, roles, clock, identity(settings.config), settings.config.call_timeout});
}

Result<void> Server::Parts::load_plugins() {
  const services::Reach reach{upstreams.get(), store.get(), &metrics, &health, alerts.get(), &log, &clock};
  loader =
      std::make_unique<plugin::Loader>(settings.plugins, workers, services::factory(reach), version(), log, metrics);
  if (const auto checked = loader->check_folders(); !checked) return checked.error();
  for (const auto& [_, instance] : settings.config.plugins) {
    if (!instance.is_enabled) continue;
    const auto request = instance_request(settings.config, instance);
    const auto status = loader->load(request);
    const bool is_named = instance.line > 0;  // by the file: what is not there is then the file's mistake
    const bool blames_file =
        status.code == ErrorCode::configuration || (is_named && status.code == ErrorCode::not_found);
    if (status.state == "refused" && blames_file) return refusal(request, status);
    watch_plugin(health, *loader, status);
  }
  auto catalogue = registry::Catalogue::of(loader->tools());
  if (!catalogue) return catalogue.error();
  registry.publish(std::make_shared<const registry::Catalogue>(std::move(*catalogue)));
  return {};
}

Result<std::unique_ptr<Server>> Server::build(Settings settings) {
  auto parts = std::make_unique<Parts>(std::move(settings));
  if (const auto opened = parts->open(); !opened) return opened.error();
  if (const auto loaded = parts->load_plugins(); !loaded) return loaded.error();
  watch_storage(parts->health, *parts->store);
  watch_cache(parts->health, parts->metrics, parts->results);
  watch_workers(parts->health, parts->metrics, parts->workers);
  return std::unique_ptr<Server>{new Server{std::move(parts)}};
}

Server::Server(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Server::~Server() = default;

void Server::start_background() { parts_->alerts->start(); }

bool Server::stop_background(Milliseconds at_most) {
  parts_->alerts->stop();
  return parts_->workers.close(at_most);
}

const Settings& Server::settings() const noexcept { return parts_->settings; }
const Clock& Server::clock() const noexcept { return parts_->clock; }
log::Logger& Server::log() noexcept { return parts_->log; }
metrics::Registry& Server::metrics() noexcept { return parts_->metrics; }
health::Board& Server::health() noexcept { return parts_->health; }
dispatch::Dispatcher& Server::dispatcher() noexcept { return *parts_->dispatcher; }
protocol::Service& Server::service() noexcept { return *parts_->service; }
const auth::Roles& Server::roles() const noexcept { return parts_->roles; }
const std::vector<plugin::Status>& Server::plugins() const noexcept { return parts_->loader->statuses(); }

}  // namespace tomada::app
