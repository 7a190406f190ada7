#pragma once
// Loader: a plugin folder to running instances. A plugin that is wrong is refused with a reason; the others do not
// notice.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/base/workers.hpp"
#include "core/json/value.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/registry/catalogue.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct tomada_host;

namespace tomada::plugin {

struct Probe {  // a call that tells whether an instance really works
  std::string tool;
  json::object arguments;
};

struct Manifest {  // NAME.json beside NAME.so, checked against schemas/manifest/plugin.json
  std::string id, name, version, description;
  json::object config_schema;         // of the instance's section
  std::vector<std::string> services;  // ids it asks for
  std::optional<Probe> probe;         // the tool without the instance's prefix
};

struct InstanceRequest {
  std::string instance;  // [plugin.NAME]
  std::string use;       // file name without ending
  std::string prefix;
  std::string language = "en";
  json::object settings;
  std::vector<std::string> services;  // granted; empty: what the manifest asks for
  std::string where;                  // "tomada.toml:12", for errors
};

// What an instance may ask the host for. Implemented by core/services; one per instance.
class Services {
 public:
  virtual ~Services() = default;
  [[nodiscard]] virtual const void* find(std::string_view id) = 0;  // the ABI table, or null
};
// The host that every service function receives leads back to them: core/plugin/face.hpp.
using ServicesFactory = std::function<std::unique_ptr<Services>(const InstanceRequest&, const Manifest&)>;

class Instance;  // one loaded plugin; tools keep it alive

struct Status {
  std::string instance, file, id, version;
  std::string state;                     // "loaded", "refused"
  std::string reason;                    // why refused
  ErrorCode code = ErrorCode::internal;  // of the refusal: configuration when the instance's section is at fault
  std::string hint;
  std::vector<std::string> tools;
  std::optional<Probe> probe;  // the tool with the instance's prefix
};

class Loader final {
 public:
  Loader(std::vector<std::string> folders, Workers& workers, ServicesFactory services, std::string host_version,
         log::Logger& log, metrics::Registry& metrics, const Clock& clock = system_clock());
  ~Loader();  // unloads every instance after its last call; one whose calls do not end is left in memory
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  [[nodiscard]] Result<void> check_folders() const;  // errors: system, names the folder that is missing
  [[nodiscard]] Status load(const InstanceRequest& request);
  [[nodiscard]] const std::vector<Status>& statuses() const noexcept;
  [[nodiscard]] registry::Tools tools() const;
  [[nodiscard]] registry::Prompts prompts() const;
  [[nodiscard]] registry::Resources resources() const;
  [[nodiscard]] bool is_idle() const;  // nobody but the loader holds one of these: no call is under way
  [[nodiscard]] json::object health(std::string_view instance) const;
  // {"status": "healthy"|"degraded"|"unhealthy", "reason"?, "next_step"?, "details"?}, as the plugin reports itself;
  // healthy when it has no such table. services::condition() makes a health::Condition of it. [any thread]

 private:
  [[nodiscard]] static const Clock& system_clock() noexcept;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::plugin
