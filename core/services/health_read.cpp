// tomada.health_read/1: the whole report, as /health/detailed shows it.
#include "core/json/writer.hpp"
#include "core/services/offer.hpp"
#include <tomada/health.h>

namespace tomada::services {
namespace {

void push_report(const tomada_host* host, void* context, tomada_sink out) {
  const auto& offer = offer_of(host);
  const auto text = guarded<std::string>(offer, "the health report failed", R"({"status":"unhealthy"})", [&] {
    return json::text(health::Board::to_json(offer.reach().health->report()));
  });
  out(context, lend(text));
}

}  // namespace

const void* health_read_table() noexcept {
  static const tomada_health_read table{sizeof table, &push_report};
  return &table;
}

}  // namespace tomada::services
