#include "core/services/offer.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include <tomada/alerts.h>
#include <tomada/audit.h>
#include <tomada/clock.h>
#include <tomada/config.h>
#include <tomada/folder.h>
#include <tomada/health.h>
#include <tomada/http.h>
#include <tomada/log.h>
#include <tomada/metrics.h>
#include <tomada/notify.h>
#include <tomada/sql.h>
#include <tomada/store.h>

#include <algorithm>
#include <utility>

namespace tomada::services {
namespace {

void add_names(const json::value& from, std::set<std::string, std::less<>>& to) {
  if (const auto* name = from.if_string()) to.emplace(json::view(*name));
  if (const auto* names = from.if_array()) {
    for (const auto& name : *names) add_names(name, to);
  }
}

// The upstreams an instance was given are those that its own settings name.
std::set<std::string, std::less<>> upstreams_in(const json::object& settings) {
  std::set<std::string, std::less<>> out;
  for (const auto* key : {"upstream", "upstreams"}) {
    if (const auto* names = json::find(settings, key)) add_names(*names, out);
  }
  return out;
}

std::string prefix_of(std::string id) {
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return id + '_';
}

std::set<std::string, std::less<>> granted(const plugin::InstanceRequest& request, const plugin::Manifest& manifest) {
  const auto& ids = request.services.empty() ? manifest.services : request.services;
  return {ids.begin(), ids.end()};
}

}  // namespace

Offer::Offer(const Reach& reach, const plugin::InstanceRequest& request, const plugin::Manifest& manifest)
    : reach_{reach},
      instance_{request.instance},
      space_{"plugin." + request.instance},
      settings_{json::text(request.settings)},
      metric_prefix_{prefix_of(manifest.id)},
      granted_{granted(request, manifest)},
      upstreams_{upstreams_in(request.settings)} {}

const void* Offer::find(std::string_view id) { return granted_.contains(id) ? table(id) : nullptr; }

const void* Offer::table(std::string_view id) const {
  if (id == TOMADA_CONFIG) return config_table();
  if (id == TOMADA_HTTP) return http_table();  // also without upstreams: it says so
  if (id == TOMADA_SQL) return reach_.databases ? sql_table() : nullptr;
  if (id == TOMADA_STORE) return reach_.store ? store_table() : nullptr;
  if (id == TOMADA_METRICS) return reach_.metrics ? metrics_table() : nullptr;
  if (id == TOMADA_METRICS_READ) return reach_.metrics ? metrics_read_table() : nullptr;
  if (id == TOMADA_HEALTH_READ) return reach_.health ? health_read_table() : nullptr;
  if (id == TOMADA_ALERTS) return reach_.alerts ? alerts_table() : nullptr;
  if (id == TOMADA_LOG) return reach_.log ? log_table() : nullptr;
  if (id == TOMADA_CLOCK) return reach_.clock ? clock_table() : nullptr;
  if (id == TOMADA_AUDIT) return reach_.audit ? audit_table() : nullptr;
  if (id == TOMADA_FOLDER) return reach_.folders.empty() ? nullptr : folder_table();
  if (id == TOMADA_NOTIFY) return reach_.changes ? notify_table() : nullptr;
  return nullptr;
}

Error Offer::not_given(std::string_view upstream) const {
  return failure(ErrorCode::unauthorised,
                 text::concat({"the plugin \"", instance_, "\" was not given the upstream \"", upstream, "\""}), {},
                 text::concat({"name it in [plugin.", instance_, "]: upstream = \"", upstream, "\""}));
}

tomada_metric* Offer::keep(metrics::Counter* counter, metrics::Gauge* gauge) {
  const std::lock_guard lock{mutex_};
  auto& kept = metrics_.emplace_back();
  kept.counter = counter;
  kept.gauge = gauge;
  return reinterpret_cast<tomada_metric*>(&kept);
}

void Offer::failed(std::string_view what, std::string_view why) const noexcept {
  if (reach_.log) reach_.log->warning(what, {{"plugin", instance_}, {"problem", why}});
}

}  // namespace tomada::services
