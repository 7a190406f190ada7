// tomada.log/1
#include "core/base/text.hpp"
#include "core/services/offer.hpp"
#include <tomada/log.h>

namespace tomada::services {
namespace {

void write_line(const tomada_host* host, tomada_log_level level, tomada_text message) {
  const auto& offer = offer_of(host);
  if (!text::is_utf8(view(message))) return offer.failed("a plugin's log line was dropped", "it is not UTF-8");
  offer.reach().log->write(plugin::level_of(level), view(message), {{"plugin", offer.instance()}});
}

}  // namespace

const void* log_table() noexcept {
  static const tomada_log table{sizeof table, &write_line};
  return &table;
}

}  // namespace tomada::services
