#pragma once
// Services: what the host offers to plugins, one file per ABI table. An instance gets a table only when it was granted.
#include "core/alerts/engine.hpp"
#include "core/audit/trail.hpp"
#include "core/base/clock.hpp"
#include "core/health/health.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/plugin/loader.hpp"
#include "core/registry/changes.hpp"
#include "core/sql/databases.hpp"
#include "core/storage/store.hpp"
#include "core/upstream/client.hpp"

#include <string>

namespace tomada::services {

struct Reach {  // what services stand on; a null pointer: that service is not offered. All outlive the loader.
  upstream::Client* upstreams = nullptr;
  storage::Store* store = nullptr;
  metrics::Registry* metrics = nullptr;
  health::Board* health = nullptr;
  alerts::Engine* alerts = nullptr;
  log::Logger* log = nullptr;
  const Clock* clock = nullptr;
  const registry::Changes* changes = nullptr;
  audit::Trail* audit = nullptr;
  sql::Databases* databases = nullptr;
  std::string folders{};  // where each instance may have one of its own; empty: nowhere
};

[[nodiscard]] plugin::ServicesFactory factory(const Reach& reach);

[[nodiscard]] health::Condition condition(const json::object& report);
// A plugin's own report (Loader::health) in the words of the health model; nonsense becomes degraded with a reason.

}  // namespace tomada::services
