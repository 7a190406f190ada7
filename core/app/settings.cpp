#include "core/app/settings.hpp"

#include "core/app/paths.hpp"

namespace tomada::app {

Result<Settings> settle(const Overrides& overrides) {
  auto config = overrides.config.empty() ? Result<config::Config>{config::defaults()} : config::load(overrides.config);
  if (!config) return config.error();
  return settle(overrides, std::move(*config));
}

Settings settle(const Overrides& overrides, config::Config config) {
  Settings out{std::move(config), overrides.state, overrides.plugins};
  if (out.state.empty()) out.state = default_state();
  if (out.plugins.empty()) out.plugins = {default_plugins()};
  if (!overrides.log_level.empty()) out.config.log_level = overrides.log_level;
  if (!overrides.listen.empty()) out.config.http.listen = overrides.listen;
  if (overrides.is_insecure) {
    out.config.http.is_insecure = true;
    out.config.auth.is_required = false;
  }
  out.given = overrides;
  return out;
}

}  // namespace tomada::app
