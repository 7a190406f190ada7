#include "core/app/commands.hpp"

namespace tomada::app {
namespace {

json::object tell(const cache::Statistics& now) {
  return {{"entries", now.entries}, {"bytes", now.bytes},   {"capacity", now.capacity},   {"hits", now.hits},
          {"stale", now.stale},     {"misses", now.misses}, {"followers", now.followers}, {"evicted", now.evictions}};
}

json::object tell(const cache::ResultCache& results, const cache::SecondLevel* second) {
  auto out = tell(results.statistics());
  if (!second) return out;
  const auto now = second->statistics();
  out["shared"] = json::object{{"connected", second->condition().has_value()},
                               {"hits", now.hits},
                               {"misses", now.misses},
                               {"errors", now.errors},
                               {"kept", now.kept},
                               {"dropped", now.dropped},
                               {"queued", now.queued}};
  return out;
}

}  // namespace

Control::Handlers cache_commands(cache::ResultCache& results, cache::SecondLevel* second) {
  Control::Handlers out;
  out.emplace("cache stats", [&results, second] { return tell(results, second); });
  out.emplace("cache clear", [&results, second] {
    second ? second->clear() : results.clear();
    return tell(results, second);
  });
  return out;
}

}  // namespace tomada::app
