#pragma once
// Warm start: a server that stops leaves the results in use behind, and the next one under the same circumstances takes
// them up: the same configuration, secrets, plugins and version.
#include "core/app/settings.hpp"
#include "core/cache/result_cache.hpp"
#include "core/log/log.hpp"
#include "core/plugin/loader.hpp"

#include <vector>

namespace tomada::app {

using Statuses = std::vector<plugin::Status>;

// What kept results depend on beside their key, as a digest; the configuration's file is read for it.
[[nodiscard]] std::string circumstances(const Settings& settings, const Statuses& plugins);
void take_warm_start(cache::ResultCache& results, const Settings& settings, const Statuses& plugins, const Clock& clock,
                     log::Logger& log);
void leave_warm_start(const cache::ResultCache& results, const Settings& settings, const Statuses& plugins,
                      const Clock& clock);

}  // namespace tomada::app
