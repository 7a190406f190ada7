#include "core/app/commands.hpp"

namespace tomada::app {
namespace {

json::object tell(const cache::Statistics& now) {
  return {{"entries", now.entries}, {"bytes", now.bytes},   {"capacity", now.capacity},   {"hits", now.hits},
          {"stale", now.stale},     {"misses", now.misses}, {"followers", now.followers}, {"evicted", now.evictions}};
}

}  // namespace

Control::Handlers cache_commands(cache::ResultCache& results) {
  Control::Handlers out;
  out.emplace("cache stats", [&results] { return tell(results.statistics()); });
  out.emplace("cache clear", [&results] {
    results.clear();
    return tell(results.statistics());
  });
  return out;
}

}  // namespace tomada::app
