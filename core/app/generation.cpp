#include "core/app/generation.hpp"

#include "core/app/convert.hpp"
#include "core/app/machine.hpp"
#include "core/app/samples.hpp"
#include "core/app/server.hpp"
#include "core/services/services.hpp"
#include "core/upstream/options.hpp"

namespace tomada::app {
namespace {

std::string component(const plugin::Status& status) { return "plugin." + status.instance; }

Error refusal(const plugin::InstanceRequest& request, const plugin::Status& status) {
  const std::string place = request.where + ": ";
  const bool names_place = status.reason.rfind(place, 0) == 0;
  return failure(ErrorCode::configuration, names_place ? status.reason.substr(place.size()) : status.reason,
                 request.where, status.hint);
}

}  // namespace

Generation::Generation(Settings settings, const Foundation& on) : settings_{std::move(settings)}, on_{on} {}

Generation::~Generation() {
  catalogue_.reset();
  if (alerts_) alerts_->stop();
  if (!loader_) return;
  for (const auto& status : loader_->statuses()) on_.health.forget(component(status), this);
  forget_machine(on_.health, this);
  on_.health.settle();
}

Result<std::unique_ptr<Generation>> Generation::build(Settings settings, const Foundation& on) {
  std::unique_ptr<Generation> out{new Generation{std::move(settings), on}};
  if (const auto opened = out->open(); !opened) return opened.error();
  if (const auto loaded = out->load_plugins(); !loaded) return loaded.error();
  return out;
}

Result<void> Generation::open() {
  const auto& config = settings_.config;
  auto client =
      upstream::make_client(upstream_options(config), {on_.clock, on_.log, on_.metrics, on_.health, settings_.state});
  if (!client) return client.error();
  upstreams_ = std::move(*client);
  auto options = alert_options(config);
  options.metric_names = metric_names(on_.metrics);
  alerts_ = std::make_unique<alerts::Engine>(std::move(options), on_.store, on_.leader, on_.sampler, on_.clock, on_.log,
                                             on_.metrics, on_.health);
  return {};
}

Result<void> Generation::load_plugins() {
  const services::Reach reach{upstreams_.get(), &on_.store, &on_.metrics, &on_.health,
                              alerts_.get(),    &on_.log,   &on_.clock};
  loader_ = std::make_unique<plugin::Loader>(settings_.plugins, on_.workers, services::factory(reach), version(),
                                             on_.log, on_.metrics);
  if (const auto checked = loader_->check_folders(); !checked) return checked.error();
  for (const auto& [_, instance] : settings_.config.plugins) {
    if (!instance.is_enabled) continue;
    const auto request = instance_request(settings_.config, instance);
    const auto status = loader_->load(request);
    const bool is_named = instance.line > 0;  // by the file: what is not there is then the file's mistake
    const bool blames_file =
        status.code == ErrorCode::configuration || (is_named && status.code == ErrorCode::not_found);
    if (status.state == "refused" && blames_file) return refusal(request, status);
    watch(status);
  }
  watch_machine(on_.health, on_.metrics, thresholds(settings_.config), this);
  auto catalogue = registry::Catalogue::of(loader_->tools());
  if (!catalogue) return catalogue.error();
  catalogue_ = std::make_shared<const registry::Catalogue>(std::move(*catalogue));
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
