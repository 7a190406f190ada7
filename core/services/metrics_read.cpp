// tomada.metrics_read/1
#include "core/services/labels.hpp"
#include "core/services/offer.hpp"
#include <tomada/metrics.h>

namespace tomada::services {
namespace {

bool read_metric(const tomada_host* host, const char* name, tomada_text labels, double* out) {
  const auto& offer = offer_of(host);
  if (!name || !out) return false;
  return guarded(offer, "a plugin's look at a metric failed", false, [&] {
    const auto value = offer.reach().metrics->value(name, read_labels(view(labels)));
    if (value) *out = *value;
    return value.has_value();
  });
}

}  // namespace

const void* metrics_read_table() noexcept {
  static const tomada_metrics_read table{sizeof table, &read_metric};
  return &table;
}

}  // namespace tomada::services
