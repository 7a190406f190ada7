#include "core/app/generation.hpp"

#include "core/app/convert.hpp"
#include "core/app/machine.hpp"
#include "core/app/paths.hpp"
#include "core/app/samples.hpp"
#include "core/app/server.hpp"
#include "core/base/text.hpp"
#include "core/services/services.hpp"
#include "core/upstream/options.hpp"
#include "core/upstream/url.hpp"

#include <algorithm>
#include <iterator>

namespace tomada::app {
namespace {

std::string component(const plugin::Status& status) { return "plugin." + status.instance; }

Error refusal(const plugin::InstanceRequest& request, const plugin::Status& status) {
  const std::string place = request.where + ": ";
  const bool names_place = status.reason.rfind(place, 0) == 0;
  return failure(ErrorCode::configuration, names_place ? status.reason.substr(place.size()) : status.reason,
                 request.where, status.hint);
}

// Those that the file does not name first, so that it is the file's line that clashes with them.
std::vector<const config::PluginInstance*> in_order(const config::Config& config) {
  std::vector<const config::PluginInstance*> out;
  for (const auto& [_, instance] : config.plugins) out.push_back(&instance);
  std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->line < b->line; });
  return out;
}

}  // namespace

Generation::Generation(Settings settings, const Foundation& on, std::vector<Error>* problems)
    : settings_{std::move(settings)}, on_{on}, problems_{problems} {}

Generation::~Generation() {
  catalogue_.reset();
  if (alerts_) alerts_->stop();
  if (!loader_) return;
  for (const auto& status : loader_->statuses()) on_.health.forget(component(status), this);
  forget_machine(on_.health, this);
  on_.health.settle();
}

Result<std::unique_ptr<Generation>> Generation::build(Settings settings, const Foundation& on,
                                                      std::vector<Error>* problems) {
  std::unique_ptr<Generation> out{new Generation{std::move(settings), on, problems}};
  if (const auto opened = out->open(); !opened) return opened.error();
  if (const auto loaded = out->load_plugins(); !loaded) return loaded.error();
  return out;
}

Result<void> Generation::told(Error problem) const {
  if (!problems_) return problem;
  problems_->push_back(std::move(problem));
  return {};
}

// Takes out those whose url is no good, when problems are told rather than the end.
template <class Options, class Parse>
Result<void> Generation::keep_sound(std::map<std::string, Options>& upstreams, Parse parse) const {
  for (auto at = upstreams.begin(); at != upstreams.end();) {
    const auto place = parse(at->second.url);
    const auto key = text::concat({"upstream.", at->first, ".url"});
    auto problem = place ? Result<void>{}
                         : told(failure(ErrorCode::configuration, text::concat({key, ": ", place.error().message}),
                                        settings_.config.where("/upstream/" + at->first + "/url"), place.error().hint));
    if (!problem) return problem.error();
    at = place ? std::next(at) : upstreams.erase(at);
  }
  return {};
}

Result<void> Generation::open() {
  const auto& config = settings_.config;
  const upstream::Surroundings with{on_.clock, on_.log, on_.metrics, on_.health, settings_.state};
  auto options = upstream_options(config);
  if (const auto kept = keep_sound(options, upstream::parse_url); !kept) return kept.error();
  auto client = upstream::make_client(options, with);
  if (!client) return client.error();
  upstreams_ = std::move(*client);
  auto databases = database_options(config);
  if (const auto kept = keep_sound(databases, sql::parse_place); !kept) return kept.error();
  auto opened = sql::open_databases(databases, default_modules(), with);
  if (!opened) return opened.error();
  databases_ = std::move(*opened);
  auto alerting = alert_options(config);
  alerting.metric_names = metric_names(on_.metrics);
  alerts_ = std::make_unique<alerts::Engine>(std::move(alerting), on_.store, on_.leader, on_.sampler, on_.clock,
                                             on_.log, on_.metrics, on_.health);
  return {};
}

Result<void> Generation::load_plugins() {
  const services::Reach reach{upstreams_.get(),
                              &on_.store,
                              &on_.metrics,
                              &on_.health,
                              alerts_.get(),
                              &on_.log,
                              &on_.clock,
                              &on_.changes,
                              &on_.audit,
                              databases_.get(),
                              settings_.state + "/plugins"};
  loader_ = std::make_unique<plugin::Loader>(settings_.plugins, on_.workers, services::factory(reach), version(),
                                             on_.log, on_.metrics);
  if (const auto checked = loader_->check_folders(); !checked) return checked.error();
  for (const auto* instance : in_order(settings_.config)) {
    if (!instance->is_enabled) continue;
    if (const auto loaded = load(*instance); !loaded) return loaded.error();
  }
  watch_machine(on_.health, on_.metrics, thresholds(settings_.config), this);
  auto catalogue = registry::Catalogue::of(loader_->tools(), loader_->prompts(), loader_->resources());
  if (!catalogue) return catalogue.error();
  catalogue_ = std::make_shared<const registry::Catalogue>(std::move(*catalogue));
  return {};
}

Result<void> Generation::load(const config::PluginInstance& instance) {
  const auto request = instance_request(settings_.config, instance);
  const auto status = loader_->load(request);
  const bool is_named = instance.line > 0;  // by the file: what is not there is then the file's mistake
  const bool blames_file = status.code == ErrorCode::configuration || (is_named && status.code == ErrorCode::not_found);
  if (status.state == "refused" && blames_file) return told(refusal(request, status));
  watch(status);
  return {};
}

void Generation::watch(const plugin::Status& status) {
  if (status.state == "refused") {
    on_.health.set(component(status), false, {health::Status::unhealthy, status.reason, status.hint, {}}, this);
    return;
  }
  const auto ask = [this, instance = status.instance] { return services::condition(loader_->health(instance)); };
  on_.health.watch(component(status), false, ask, this);
}

}  // namespace tomada::app
