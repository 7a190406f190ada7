#pragma once
// Commands: what a running server does for the commands of its user.
#include "core/app/control.hpp"
#include "core/cache/result_cache.hpp"
#include "core/cache/second_level.hpp"

namespace tomada::app {

[[nodiscard]] Control::Handlers cache_commands(cache::ResultCache& results,
                                               cache::SecondLevel* second);  // null: none
// "cache stats", "cache clear": both answer {"entries", "bytes", "capacity", "hits", "stale", "misses", "followers",
// "evicted"}, with a second level also "shared": {"connected", "hits", "misses", "errors", "kept", "dropped",
// "queued"}.

}  // namespace tomada::app
