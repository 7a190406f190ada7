#pragma once
// Commands: what a running server does for the commands of its user.
#include "core/app/control.hpp"
#include "core/cache/result_cache.hpp"

namespace tomada::app {

[[nodiscard]] Control::Handlers cache_commands(cache::ResultCache& results);
// "cache stats", "cache clear": both answer {"entries", "bytes", "capacity", "hits", "stale", "misses", "followers",
// "evicted"}.

}  // namespace tomada::app
