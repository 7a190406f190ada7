#pragma once
// Server: the composition root. The only place where all names meet; what it builds outlives what uses it.
#include "core/app/settings.hpp"
#include "core/auth/keyring.hpp"
#include "core/auth/limits.hpp"
#include "core/base/result.hpp"
#include "core/dispatch/dispatcher.hpp"
#include "core/health/health.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/plugin/loader.hpp"
#include "core/protocol/service.hpp"
#include "core/registry/changes.hpp"
#include "core/session/endpoint.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace tomada::app {

class Server final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Server>> build(Settings settings, std::vector<Error>* problems = nullptr);
  // Errors: configuration (a plugin's section, two tools of one name), system (state folder, plugin folder). With
  // `problems` all that the configuration says wrongly goes there, and the rest is built without it.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start_background();  // alert evaluation and delivery
  [[nodiscard]] bool stop_background(Milliseconds at_most);
  // Once every call is answered. False: a plugin still works on one, so destroying the server would wait for it.
  using Inspection = std::function<Result<void>(const config::Config& next)>;
  [[nodiscard]] Result<void> reload(const Inspection& inspect = {});
  // Reads the configuration again and checks all of it. Good: roles, upstreams, receivers and plugins are the new ones
  // from the next call on, calls under way end with the old ones, cached results are gone. Bad: everything stays as it
  // was. What only a start can change (listener, state folder, sizes) stays and is named in the log. `inspect` is what
  // else has to be good before anything changes.

  [[nodiscard]] const Settings& settings() const noexcept;  // those it was started with
  [[nodiscard]] const Clock& clock() const noexcept;
  [[nodiscard]] log::Logger& log() noexcept;
  [[nodiscard]] metrics::Registry& metrics() noexcept;
  [[nodiscard]] health::Board& health() noexcept;
  [[nodiscard]] dispatch::Dispatcher& dispatcher() noexcept;
  [[nodiscard]] protocol::Service& service() noexcept;
  [[nodiscard]] const auth::Roles& roles() const noexcept;
  [[nodiscard]] registry::Changes& changes() noexcept;  // told of tools when a reload lists others
  [[nodiscard]] const auth::Limits& limits() const noexcept;
  [[nodiscard]] auth::Keyring& keyring() noexcept;  // the configuration's keys; the state folder's after a refresh()
  [[nodiscard]] std::vector<plugin::Status> plugins() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

[[nodiscard]] std::shared_ptr<const Principal> local_principal(const config::Config& config);
// The one client on stdio, on the command line, and on an open loopback listener.

[[nodiscard]] const char* version() noexcept;

}  // namespace tomada::app
