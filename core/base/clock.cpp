#include "core/base/clock.hpp"

#include <cstdio>
#include <ctime>

namespace tomada {

std::string rfc3339(WallTime time) {
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  auto seconds = static_cast<std::time_t>(since / 1'000'000'000);
  auto nanos = since % 1'000'000'000;
  if (nanos < 0) {
    nanos += 1'000'000'000;
    --seconds;
  }
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[64];
  const int size =
      std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02d.%09lldZ", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<long long>(nanos));
  return {out, static_cast<std::size_t>(size)};
}

}  // namespace tomada
