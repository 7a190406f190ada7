// tomada.clock/1
#include "core/services/offer.hpp"
#include <tomada/clock.h>

#include <chrono>

namespace tomada::services {
namespace {

template <class Time>
std::int64_t count_milliseconds(Time time) {
  return std::chrono::floor<Milliseconds>(time.time_since_epoch()).count();
}

std::int64_t steady_milliseconds(const tomada_host* host) {
  return count_milliseconds(offer_of(host).reach().clock->steady_now());
}
std::int64_t unix_milliseconds(const tomada_host* host) {
  return count_milliseconds(offer_of(host).reach().clock->wall_now());
}

}  // namespace

const void* clock_table() noexcept {
  static const tomada_clock table{sizeof table, &steady_milliseconds, &unix_milliseconds};
  return &table;
}

}  // namespace tomada::services
