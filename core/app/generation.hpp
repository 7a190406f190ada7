#pragma once
// Generation: what one reading of the configuration made: upstreams, alert receivers and plugins. A reload makes the
// next one beside it; the old one stays until its last call is over.
#include "core/alerts/engine.hpp"
#include "core/app/settings.hpp"
#include "core/audit/trail.hpp"
#include "core/plugin/loader.hpp"
#include "core/registry/catalogue.hpp"
#include "core/registry/changes.hpp"
#include "core/sql/databases.hpp"
#include "core/upstream/client.hpp"
#include "core/upstream/options.hpp"

#include <map>
#include <memory>
#include <vector>

namespace tomada::app {

struct Foundation {  // what every generation stands on
  const Clock& clock;
  log::Logger& log;
  metrics::Registry& metrics;
  health::Board& health;
  storage::Store& store;
  storage::Leader& leader;
  Workers& workers;
  alerts::Sampler sampler;
  const registry::Changes& changes;
  audit::Trail& audit;
};

class Generation final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Generation>> build(Settings settings, const Foundation& on,
                                                                 std::vector<Error>* problems = nullptr);
  // Errors: configuration (an upstream's address, a plugin's section, two tools of one name), system (plugin folder). A
  // plugin that is refused for a fault of its own is none: its status and its health tell. With `problems` what the
  // configuration says wrongly goes there, and the rest is built without it.
  ~Generation();
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
  [[nodiscard]] const std::vector<plugin::Status>& plugins() const noexcept { return loader_->statuses(); }
  [[nodiscard]] std::shared_ptr<const registry::Catalogue> catalogue() const noexcept { return catalogue_; }
  [[nodiscard]] alerts::Engine& alerts() noexcept { return *alerts_; }
  void let_go() noexcept { catalogue_.reset(); }                     // nobody finds its tools any more
  [[nodiscard]] bool is_idle() const { return loader_->is_idle(); }  // and none of them is in a call

 private:
  Generation(Settings settings, const Foundation& on, std::vector<Error>* problems);
  [[nodiscard]] Result<void> told(Error problem) const;
  template <class Options, class Parse>
  [[nodiscard]] Result<void> keep_sound(std::map<std::string, Options>& upstreams, Parse parse) const;
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> load_plugins();
  [[nodiscard]] Result<void> load(const config::PluginInstance& instance);
  void watch(const plugin::Status& status);

  const Settings settings_;
  const Foundation on_;
  std::vector<Error>* const problems_;  // null: the first one ends the building
  std::unique_ptr<upstream::Client> upstreams_;
  std::unique_ptr<sql::Databases> databases_;
  std::unique_ptr<alerts::Engine> alerts_;
  std::unique_ptr<plugin::Loader> loader_;
  std::shared_ptr<const registry::Catalogue> catalogue_;
};

}  // namespace tomada::app
