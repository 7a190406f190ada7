// Members are built top to bottom and die bottom to top, so each may use what stands above it. What a configuration
// makes anew is a generation; everything else is made once.
#include "core/app/server.hpp"

#include "core/app/commands.hpp"
#include "core/app/convert.hpp"
#include "core/app/entrance.hpp"
#include "core/app/generation.hpp"
#include "core/app/paths.hpp"
#include "core/app/pulse.hpp"
#include "core/app/retirement.hpp"
#include "core/app/samples.hpp"
#include "core/app/shared_cache.hpp"
#include "core/app/warm_start.hpp"
#include "core/app/watch.hpp"
#include "core/app/what_stays.hpp"
#include "core/auth/seal.hpp"
#include "core/base/workers.hpp"
#include "core/cache/result_cache.hpp"
#include "core/dispatch/stages/authorise.hpp"
#include "core/dispatch/stages/cache.hpp"
#include "core/dispatch/stages/deadline.hpp"
#include "core/dispatch/stages/limit.hpp"
#include "core/dispatch/stages/measure.hpp"
#include "core/dispatch/stages/redact.hpp"
#include "core/dispatch/stages/validate.hpp"
#include "core/storage/leader.hpp"
#include "core/storage/store.hpp"
#include "core/tasks/board.hpp"

#include <algorithm>
#include <thread>

namespace tomada::app {
namespace {

constexpr Milliseconds question_time_to_live{600'000};  // how long a person may think

// What a client that listed before would have to list again: the items themselves, and which of them its roles let it
// see.
std::vector<registry::Changed> changed_lists(const Generation& was, const Generation& now) {
  using registry::Changed;
  const auto before = was.catalogue(), after = now.catalogue();
  if (!before) return {};  // it has been let go: nobody listens any more
  const bool is_other_view = role_map(was.settings().config) != role_map(now.settings().config);
  std::vector<Changed> out;
  if (is_other_view || !before->lists_same_tools_as(*after)) out.push_back(Changed::tools);
  if (is_other_view || !before->lists_same_prompts_as(*after)) out.push_back(Changed::prompts);
  if (is_other_view || !before->lists_same_resources_as(*after)) out.push_back(Changed::resources);
  return out;
}

}  // namespace

struct Server::Parts {
  explicit Parts(Settings with)
      : settings{std::move(with)},
        log{log_options(settings.config), clock, metrics},
        health{clock},
        roles{role_map(settings.config)},
        results{settings.config.cache_bytes, clock},
        shared{settings.config.redis, results, clock, health, metrics},
        leader{settings.state + "/leader.lock"},
        workers{worker_count(settings.config), 4096} {
    for (const auto& secret : settings.config.secrets) log.hide(secret);
    if (const auto& password = settings.config.redis.password; !password.empty()) log.hide(password);
    limits.replace(call_rates(settings.config));
  }
  ~Parts() {
    shared.stop();
    retirement.reset();
    if (generation) generation->alerts().stop();
    workers.close();  // no call runs any more when plugins go
    registry.publish(std::make_shared<const registry::Catalogue>());
  }

  Result<void> open(std::vector<Error>* problems);
  void take_keys(const config::Config& config);
  void build_dispatcher();
  [[nodiscard]] Foundation foundation() {
    return {clock, log, metrics, health, *store, leader, workers, sampler(metrics, *measure), changes, audit};
  }
  void adopt(std::unique_ptr<Generation> next);
  void swap_in(std::unique_ptr<Generation> next);
  void turn_over(bool is_other);
  void hear_commands();

  const Settings settings;
  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log;
  health::Board health;
  auth::Roles roles;
  auth::Limits limits{clock};
  cache::ResultCache results;
  SharedCache shared;
  storage::Leader leader;
  std::unique_ptr<storage::Store> store;
  std::optional<auth::Seal> seal;
  auth::SealKey own_seal_key{};  // of the state folder
  std::optional<auth::Keys> keys;
  std::optional<auth::Keyring> keyring;
  registry::Changes changes;
  audit::Trail audit{settings.state, clock, log};
  std::optional<tasks::Board> tasks;
  const dispatch::Measure* measure = nullptr;  // a stage of the dispatcher
  Workers workers;
  std::mutex reloading;         // one reload at a time
  std::string circumstances{};  // of the generation that serves; empty: not known yet
  mutable std::mutex mutex;     // guards the two below
  std::unique_ptr<Generation> generation;
  bool is_in_background = false;
  registry::Registry registry;
  std::unique_ptr<dispatch::Dispatcher> dispatcher;
  std::unique_ptr<protocol::Service> service;
  Pulse pulse{health, metrics};
  std::unique_ptr<Control> control;                                         // while it serves
  std::unique_ptr<Retirement> retirement = std::make_unique<Retirement>();  // last: its calls use all of the above
};

Result<void> Server::Parts::open(std::vector<Error>* problems) {
  if (const auto prepared = prepare_state(settings.state); !prepared) return prepared.error();
  auto opened = storage::open_sqlite(settings.state + "/tomada.db", clock);
  if (!opened) return opened.error();
  store = std::move(*opened);
  const auto key = auth::seal_key_in(settings.state + "/seal.key");
  if (!key) return key.error();
  seal.emplace(*key, clock, question_time_to_live);
  own_seal_key = *key;
  keys.emplace(*store, clock);
  keyring.emplace(*keys, clock);
  tasks.emplace(tasks::Ground{*store, clock, log, changes}, processes_in(settings.state));
  take_keys(settings.config);
  build_dispatcher();
  auto first = Generation::build(settings, foundation(), problems);
  if (!first) return first.error();
  adopt(std::move(*first));
  return {};
}

void Server::Parts::take_keys(const config::Config& config) {
  auto configured = configured_keys(config);
  for (const auto& each : configured) log.hide(each.credential);
  keyring->configure(std::move(configured));
  std::vector<auth::SealKey> sealing;
  for (const auto& each : config.auth.sealing_keys()) {
    log.hide(each);
    sealing.push_back(auth::seal_key_of(each));
  }
  sealing.push_back(own_seal_key);  // alone, or what it sealed before still opens
  seal->use(std::move(sealing));
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
  stages.push_back(std::make_unique<dispatch::Limit>(limits));
  stages.push_back(std::make_unique<dispatch::Validate>());
  stages.push_back(std::make_unique<dispatch::Deadline>(settings.config.call_timeout, clock));
  stages.push_back(std::make_unique<dispatch::Cache>(results, clock, shared.second()));
  stages.push_back(std::make_unique<dispatch::Redact>(log));
  dispatcher = std::make_unique<dispatch::Dispatcher>(registry, std::move(stages), clock);
  metrics.collect("tomada_calls_in_flight", "Tool calls that are not answered yet.",
                  [calls = dispatcher.get()] { return static_cast<double>(calls->in_flight()); });
  service = std::make_unique<protocol::Service>(
      protocol::Service{*dispatcher, roles, clock, *seal, identity(settings.config), settings.config.call_timeout});
  service->changes = &changes;
  service->tasks = &*tasks;
  metrics.collect("tomada_tasks_running", "Tasks that this process works on.",
                  [board = &*tasks] { return static_cast<double>(board->running()); });
}

// Another account, another plugin: other answers. When all is as it was, what is known serves until there is an answer
// anew, and when there is none.
void Server::Parts::turn_over(bool is_other) { is_other ? results.clear() : results.doubt(); }

void Server::Parts::hear_commands() {
  auto opened = Control::open(processes_in(settings.state), tasks->process(), cache_commands(results, shared.second()));
  if (opened) control = std::move(*opened);
  if (!opened) log.error("commands will not find this server", {{"problem", std::string_view{opened.error().text()}}});
}

void Server::Parts::adopt(std::unique_ptr<Generation> next) {
  registry.publish(next->catalogue());
  const auto changed = generation ? changed_lists(*generation, *next) : std::vector<registry::Changed>{};
  swap_in(std::move(next));
  for (const auto list : changed) changes.tell(list);
}

void Server::Parts::swap_in(std::unique_ptr<Generation> next) {
  const std::lock_guard lock{mutex};
  if (generation) generation->alerts().stop();
  if (is_in_background) next->alerts().start();
  generation.swap(next);
  if (next) retirement->take(std::move(next));
}

Result<std::unique_ptr<Server>> Server::build(Settings settings, std::vector<Error>* problems) {
  auto parts = std::make_unique<Parts>(std::move(settings));
  if (const auto opened = parts->open(problems); !opened) return opened.error();
  watch_storage(parts->health, *parts->store);
  watch_cache(parts->health, parts->metrics, parts->results);
  watch_workers(parts->health, parts->metrics, parts->workers);
  return std::unique_ptr<Server>{new Server{std::move(parts)}};
}

Server::Server(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Server::~Server() = default;

void Server::start_background() {
  const std::lock_guard lock{parts_->mutex};
  parts_->is_in_background = true;
  parts_->generation->alerts().start();
  parts_->pulse.start();
  parts_->hear_commands();
  parts_->shared.start();
  parts_->circumstances = app::circumstances(parts_->settings, parts_->generation->plugins());
  (void)parts_->workers.submit([parts = parts_.get(), statuses = parts_->generation->plugins()] {
    take_warm_start(parts->results, parts->settings, statuses, parts->clock, parts->log);
    parts->shared.enter_circumstances(parts->settings, statuses);
  });
}

bool Server::stop_background(Milliseconds at_most) {
  parts_->control.reset();
  parts_->shared.stop();
  const std::lock_guard no_reload{parts_->reloading};
  {
    const std::lock_guard lock{parts_->mutex};
    parts_->generation->alerts().stop();
    leave_warm_start(parts_->results, parts_->settings, parts_->generation->plugins(), parts_->clock);
    parts_->generation->let_go();
    parts_->registry.publish(std::make_shared<const registry::Catalogue>());
  }
  const auto end = std::chrono::steady_clock::now() + at_most;
  if (!parts_->workers.close(at_most)) return false;
  const auto is_idle = [this] { return parts_->generation->is_idle() && parts_->retirement->is_empty(); };
  while (!is_idle() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(Milliseconds{1});
  return is_idle();
}

Result<void> Server::reload(const Inspection& inspect) {
  const std::lock_guard one{parts_->reloading};
  auto settings = settle(parts_->settings.given);
  if (!settings) return settings.error();
  if (const auto good = inspect ? inspect(settings->config) : Result<void>{}; !good) return good.error();
  for (const auto& secret : settings->config.secrets) parts_->log.hide(secret);
  auto next = Generation::build(*settings, parts_->foundation());
  if (!next) return next.error();
  const auto known = plugins();
  for (const auto& status : (*next)->plugins()) {
    const auto is_same = [&](const plugin::Status& old) {
      return old.instance == status.instance && old.state == status.state;
    };
    if (status.state != "refused" || std::any_of(known.begin(), known.end(), is_same)) continue;
    return failure(status.code, status.reason, "plugin." + status.instance, status.hint);
  }
  name_what_stays(parts_->log, parts_->settings.config, settings->config);
  parts_->log.set_level(log_options(settings->config).level);
  parts_->roles.replace(role_map(settings->config));
  parts_->take_keys(settings->config);
  parts_->limits.replace(call_rates(settings->config));
  auto circumstances = app::circumstances(*settings, (*next)->plugins());
  const bool is_other = circumstances != parts_->circumstances;
  parts_->circumstances = std::move(circumstances);
  parts_->shared.leave_circumstances();
  parts_->turn_over(is_other);
  parts_->adopt(std::move(*next));
  parts_->turn_over(is_other);  // what the old plugins began or brought meanwhile
  parts_->shared.enter_circumstances(*settings, plugins());
  return {};
}

const Settings& Server::settings() const noexcept { return parts_->settings; }
const Clock& Server::clock() const noexcept { return parts_->clock; }
log::Logger& Server::log() noexcept { return parts_->log; }
metrics::Registry& Server::metrics() noexcept { return parts_->metrics; }
health::Board& Server::health() noexcept { return parts_->health; }
dispatch::Dispatcher& Server::dispatcher() noexcept { return *parts_->dispatcher; }
protocol::Service& Server::service() noexcept { return *parts_->service; }
const auth::Roles& Server::roles() const noexcept { return parts_->roles; }
registry::Changes& Server::changes() noexcept { return parts_->changes; }
const auth::Limits& Server::limits() const noexcept { return parts_->limits; }
auth::Keyring& Server::keyring() noexcept { return *parts_->keyring; }

std::vector<plugin::Status> Server::plugins() const {
  const std::lock_guard lock{parts_->mutex};
  return parts_->generation->plugins();
}

}  // namespace tomada::app
