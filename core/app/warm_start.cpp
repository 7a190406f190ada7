#include "core/app/warm_start.hpp"

#include "core/app/server.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/cache/hot_set.hpp"

namespace tomada::app {
namespace {

std::string path_in(const Settings& settings) { return settings.state + "/results.hot"; }

}  // namespace

// With the seal's key in it the digest tells nothing of a secret.
std::string circumstances(const Settings& settings, const Statuses& plugins) {
  std::string loaded;
  for (const auto& status : plugins) {
    loaded += text::concat({status.instance, " ", status.id, " ", status.version, " ", status.state, "\n"});
  }
  return digest({read_whole_file(settings.state + "/seal.key"), read_whole_file(settings.config.source), loaded,
                 text::join(settings.config.secrets, "\n"), version()});
}

void take_warm_start(cache::ResultCache& results, const Settings& settings, const Statuses& plugins, const Clock& clock,
                     log::Logger& log) {
  const auto taken = cache::load_hot_set(results, path_in(settings), circumstances(settings, plugins), clock);
  if (taken > 0) log.info("results of the last run are known", {{"results", static_cast<std::int64_t>(taken)}});
}

void leave_warm_start(const cache::ResultCache& results, const Settings& settings, const Statuses& plugins,
                      const Clock& clock) {
  (void)cache::save_hot_set(results, path_in(settings), circumstances(settings, plugins), clock);
}

}  // namespace tomada::app
