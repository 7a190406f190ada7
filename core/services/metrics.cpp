// tomada.metrics/1: instruments of the host's registry, each with the label plugin = the instance. Names that begin
// with tomada_ or mcp_ are the host's; a plugin that comes with it, of id tomada.NAME, has tomada_NAME_.
#include "core/base/text.hpp"
#include "core/services/labels.hpp"
#include "core/services/offer.hpp"
#include <tomada/metrics.h>

#include <cmath>
#include <stdexcept>

namespace tomada::services {
namespace {

constexpr const char* refused = "a plugin's metric was refused";

PluginMetric& metric_of(tomada_metric* metric) noexcept { return *reinterpret_cast<PluginMetric*>(metric); }

void check_owner(const Offer& offer, std::string_view name) {
  const bool is_reserved = name.starts_with("tomada_") || name.starts_with("mcp_");
  const auto& own = offer.metric_prefix();
  if (!is_reserved || (own.starts_with("tomada_") && name.starts_with(own))) return;
  throw std::invalid_argument(text::concat({"metric \"", name, "\" has a name of the host's; begin it with ", own}));
}

metrics::Labels own_labels(const Offer& offer, tomada_text labels) {
  auto out = read_labels(view(labels));
  out.emplace_back("plugin", offer.instance());
  return out;
}

tomada_metric* make_counter(const tomada_host* host, const char* name, const char* help, tomada_text labels) {
  auto& offer = offer_of(host);
  if (!name || !help) return nullptr;
  return guarded<tomada_metric*>(offer, refused, nullptr, [&] {
    check_owner(offer, name);
    return offer.keep(&offer.reach().metrics->counter(name, help, own_labels(offer, labels)), nullptr);
  });
}

tomada_metric* make_gauge(const tomada_host* host, const char* name, const char* help, tomada_text labels) {
  auto& offer = offer_of(host);
  if (!name || !help) return nullptr;
  return guarded<tomada_metric*>(offer, refused, nullptr, [&] {
    check_owner(offer, name);
    return offer.keep(nullptr, &offer.reach().metrics->gauge(name, help, own_labels(offer, labels)));
  });
}

void add_to_metric(tomada_metric* raw, double change) {
  if (!raw || !std::isfinite(change)) return;
  auto& metric = metric_of(raw);
  if (metric.gauge) return metric.gauge->add(change);
  if (change < 0) return;
  const std::lock_guard lock{metric.mutex};
  metric.fraction += change;
  const double whole = std::floor(metric.fraction);
  metric.fraction -= whole;
  if (whole >= 1) metric.counter->add(static_cast<std::uint64_t>(whole));
}

void set_metric(tomada_metric* raw, double value) {
  if (raw && metric_of(raw).gauge) metric_of(raw).gauge->set(value);
}

}  // namespace

const void* metrics_table() noexcept {
  static const tomada_metrics table{sizeof table, &make_counter, &make_gauge, &add_to_metric, &set_metric};
  return &table;
}

}  // namespace tomada::services
