#pragma once
// SharedCache: the second level of the result cache, when the configuration names a Redis. It is optional: what goes
// wrong with it is told as degraded, and the server goes on with what it keeps itself.
#include "core/app/settings.hpp"
#include "core/app/warm_start.hpp"
#include "core/cache/second_level.hpp"
#include "core/health/health.hpp"
#include "core/metrics/metrics.hpp"

#include <memory>

namespace tomada::app {

class SharedCache final {
 public:
  SharedCache(const config::Redis& redis, cache::ResultCache& first, const Clock& clock, health::Board& health,
              metrics::Registry& metrics);

  [[nodiscard]] cache::SecondLevel* second() const noexcept { return second_.get(); }  // null: none

  void start();  // it connects, and finds nothing before it has entered circumstances
  void stop();
  void leave_circumstances();  // nothing is found or kept from now on
  void enter_circumstances(const Settings& settings, const Statuses& plugins);
  // Instances share what they know when these are the same: version, language, plugins with their settings, upstreams,
  // seal key. What the first level has from before is doubted. Slow.

 private:
  std::unique_ptr<cache::SecondLevel> second_;
  cache::ResultCache& first_;
  health::Board& health_;
  metrics::Registry& metrics_;
};

[[nodiscard]] Result<void> try_redis(const config::Redis& redis);
// Connects once. Errors: system (the module), unreachable, unauthorised.

}  // namespace tomada::app
