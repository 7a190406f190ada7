#pragma once
// From the configuration's words to the options of each part.
#include "core/alerts/engine.hpp"
#include "core/auth/limits.hpp"
#include "core/auth/roles.hpp"
#include "core/base/principal.hpp"
#include "core/config/config.hpp"
#include "core/log/log.hpp"
#include "core/plugin/loader.hpp"
#include "core/protocol/service.hpp"
#include "core/sql/databases.hpp"
#include "core/upstream/options.hpp"
#include "transports/http/tls.hpp"

#include <map>
#include <memory>
#include <string>

namespace tomada::app {

[[nodiscard]] Result<std::shared_ptr<const http::Certificate>> read_certificate(const config::Config& config);
// Null: the configuration names none. Errors: as Certificate::read().
[[nodiscard]] log::Options log_options(const config::Config& config);
[[nodiscard]] std::map<std::string, auth::Role> role_map(const config::Config& config);
[[nodiscard]] auth::Rates call_rates(const config::Config& config);
[[nodiscard]] std::map<std::string, upstream::UpstreamOptions> upstream_options(const config::Config& config);
// Those that are databases, and not the ones above.
[[nodiscard]] std::map<std::string, sql::Options> database_options(const config::Config& config);
[[nodiscard]] alerts::Options alert_options(const config::Config& config);
[[nodiscard]] plugin::InstanceRequest instance_request(const config::Config& config,
                                                       const config::PluginInstance& instance);
[[nodiscard]] protocol::Identity identity(const config::Config& config);
[[nodiscard]] std::size_t worker_count(const config::Config& config);

}  // namespace tomada::app
