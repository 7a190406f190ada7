// tomada.clock/1
#include "core/services/offer.hpp"
#include <tomada/clock.h>

#include <chrono>

namespace tomada::services {
namespace {

std::int64_t steady_milliseconds(const tomada_host* host) {
  const auto since = offer_of(host).reach().clock->steady_now().time_since_epoch();
  return std::chrono::floor<Milliseconds>(since).count();
}
std::int64_t unix_milliseconds(const tomada_host* host) { return unix_ms(offer_of(host).reach().clock->wall_now()); }

}  // namespace

const void* clock_table() noexcept {
  static const tomada_clock table{sizeof table, &steady_milliseconds, &unix_milliseconds};
  return &table;
}

}  // namespace tomada::services
