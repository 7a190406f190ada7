#pragma once
// Host: what the server offers to a plugin. A cheap copyable handle; services that were not granted behave as absent.
#include <tomada/alerts.h>
#include <tomada/clock.h>
#include <tomada/config.h>
#include <tomada/folder.h>
#include <tomada/health.h>
#include <tomada/http.h>
#include <tomada/log.h>
#include <tomada/metrics.h>
#include <tomada/notify.h>
#include <tomada/sdk/call.hpp>
#include <tomada/store.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::sdk {

struct HttpRequest {
  std::string upstream;  // a name from the configuration, never a URL
  std::string method = "GET";
  std::string path;  // relative to the upstream's URL
  std::map<std::string, std::string> headers;
  std::string body;
  std::string account;          // whose quota it spends; the host hashes it
  std::string operation;        // what limits are counted by, e.g. "ListarClientes"
  std::string cache_key;        // canonical parameters without credentials; empty: the answer is never shared
  std::int64_t timeout_ms = 0;  // 0: the upstream's
  bool is_idempotent = false;   // the host may retry
  bool wants_fresh = false;     // a new look, if the upstream's window allows one
  bool is_background = false;   // nobody waits for it: others go first, and a share of the limits is theirs
};

struct HttpResponse {
  int status = 0;                              // 0: no answer; body then holds the reason and the next step
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  bool is_shared = false;          // from the host's response cache
  std::int64_t age_ms = 0;         // since the upstream answered
  std::int64_t read_at_ms = 0;     // Unix time of that answer
  std::int64_t refresh_in_ms = 0;  // when a new look is possible; 0: now
};

class Metric {  // does nothing when metrics were not granted
 public:
  Metric() = default;
  Metric(const tomada_metrics* service, tomada_metric* raw) noexcept : service_{raw ? service : nullptr}, raw_{raw} {}
  void add(double change = 1) const {
    if (service_) service_->add(raw_, change);
  }
  void set(double value) const {  // gauges
    if (service_) service_->set(raw_, value);
  }

 private:
  const tomada_metrics* service_ = nullptr;
  tomada_metric* raw_ = nullptr;
};

using Labels = std::map<std::string, std::string>;
using Record = std::pair<std::string, std::string>;  // key, value

class Host {
 public:
  explicit Host(const tomada_host& raw) noexcept : raw_{&raw} {}

  [[nodiscard]] json::object config() const;  // the instance's section, already checked against the manifest's schema
  [[nodiscard]] HttpResponse fetch(const Call* call, const HttpRequest& request) const;  // call may be null
  [[nodiscard]] HttpResponse fetch(const Call& call, const HttpRequest& request) const { return fetch(&call, request); }

  // Durable records, private to this instance. Without the service: absent, and save says false.
  [[nodiscard]] std::optional<std::string> load(std::string_view key) const;
  bool save(std::string_view key, std::string_view value, std::int64_t ttl_ms = 0) const;  // ttl 0: for ever
  bool erase(std::string_view key) const;                                                  // false: absent
  [[nodiscard]] std::vector<Record> scan(std::string_view prefix = {}) const;

  // A folder of the instance's own (0700), shared by all processes of the state folder; absent: there can be none.
  [[nodiscard]] std::optional<std::string> folder() const;

  void log(tomada_log_level level, std::string_view line) const;
  [[nodiscard]] std::int64_t unix_ms() const;  // tests may hold it still
  [[nodiscard]] std::int64_t steady_ms() const;

  [[nodiscard]] Metric counter(const char* name, const char* help,
                               const Labels& labels = {}) const;  // in the constructor
  [[nodiscard]] Metric gauge(const char* name, const char* help, const Labels& labels = {}) const;
  [[nodiscard]] std::optional<double> metric(const char* name, const Labels& labels = {}) const;  // any of the host's
  [[nodiscard]] json::object health_report() const;  // as /health/detailed shows it; throws ToolError when not granted
  [[nodiscard]] json::object alerts(const Call& call, std::string_view operation, const json::object& arguments) const;
  // Throws ToolError with the engine's sentence.

  void list_changed(tomada_list list) const;          // clients that listen fetch it again
  void resource_updated(std::string_view uri) const;  // those subscribed to it read it again

  [[nodiscard]] std::string_view instance() const noexcept { return view(raw_->instance); }
  [[nodiscard]] std::string_view version() const noexcept { return view(raw_->version); }
  [[nodiscard]] std::int64_t started_at_ms() const noexcept { return raw_->started_at_ms; }
  [[nodiscard]] const tomada_host* raw() const noexcept { return raw_; }
  [[nodiscard]] bool offers(const char* id) const { return raw_->service(raw_, id) != nullptr; }

 private:
  template <class Service>
  [[nodiscard]] const Service* find(const char* id) const {
    return static_cast<const Service*>(raw_->service(raw_, id));
  }

  const tomada_host* raw_;
};

}  // namespace tomada::sdk

#include <tomada/sdk/host_services.hpp>
