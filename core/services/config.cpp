// tomada.config/1
#include "core/services/offer.hpp"
#include <tomada/config.h>

namespace tomada::services {
namespace {

void push_section(const tomada_host* host, void* context, tomada_sink out) {
  out(context, lend(offer_of(host).settings()));
}

}  // namespace

const void* config_table() noexcept {
  static const tomada_config table{sizeof table, &push_section};
  return &table;
}

}  // namespace tomada::services
