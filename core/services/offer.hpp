#pragma once
// Offer: the services of one instance: what was granted, and what the tables' functions stand on.
#include "core/plugin/face.hpp"
#include "core/services/services.hpp"
#include <tomada/metrics.h>
#include <tomada/plugin.h>

#include <exception>
#include <list>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::services {

struct PluginMetric {  // behind tomada_metric
  metrics::Counter* counter = nullptr;
  metrics::Gauge* gauge = nullptr;
  std::mutex mutex;     // guards fraction
  double fraction = 0;  // of a counter, which counts whole numbers
};

class Offer final : public plugin::Services {
 public:
  Offer(const Reach& reach, const plugin::InstanceRequest& request, const plugin::Manifest& manifest);

  [[nodiscard]] const void* find(std::string_view id) override;

  [[nodiscard]] const Reach& reach() const noexcept { return reach_; }
  [[nodiscard]] const std::string& instance() const noexcept { return instance_; }
  [[nodiscard]] const std::string& space() const noexcept { return space_; }        // of its records
  [[nodiscard]] const std::string& settings() const noexcept { return settings_; }  // JSON text
  [[nodiscard]] const std::string& metric_prefix() const noexcept {
    return metric_prefix_;
  }  // its id: "test_services_"
  [[nodiscard]] bool may_reach(std::string_view upstream) const { return upstreams_.contains(upstream); }
  [[nodiscard]] Error not_given(std::string_view upstream) const;  // what to tell it when it may not

  [[nodiscard]] tomada_metric* keep(metrics::Counter* counter, metrics::Gauge* gauge);
  void failed(std::string_view what, std::string_view why) const noexcept;  // to the log

 private:
  [[nodiscard]] const void* table(std::string_view id) const;

  const Reach reach_;
  const std::string instance_, space_, settings_, metric_prefix_;
  std::set<std::string, std::less<>> granted_, upstreams_;
  std::mutex mutex_;  // guards metrics_
  std::list<PluginMetric> metrics_;
};

[[nodiscard]] inline Offer& offer_of(const tomada_host* host) noexcept {
  return static_cast<Offer&>(*plugin::services_of(host));
}

[[nodiscard]] inline std::string_view view(tomada_text text) noexcept {
  return text.data ? std::string_view{text.data, text.size} : std::string_view{};
}
[[nodiscard]] inline tomada_text lend(std::string_view text) noexcept { return {text.data(), text.size()}; }

// Nothing throws over the ABI's line: what `work` throws is logged, and `otherwise` is answered.
template <class Answer, class Function>
[[nodiscard]] Answer guarded(const Offer& offer, std::string_view what, Answer otherwise, Function work) noexcept {
  try {
    return work();
  } catch (const std::exception& exception) {
    offer.failed(what, exception.what());
  } catch (...) {
    offer.failed(what, "something that is no std::exception");
  }
  return otherwise;
}

// The tables, one file each.
[[nodiscard]] const void* alerts_table() noexcept;
[[nodiscard]] const void* audit_table() noexcept;
[[nodiscard]] const void* clock_table() noexcept;
[[nodiscard]] const void* config_table() noexcept;
[[nodiscard]] const void* folder_table() noexcept;
[[nodiscard]] const void* health_read_table() noexcept;
[[nodiscard]] const void* http_table() noexcept;
[[nodiscard]] const void* log_table() noexcept;
[[nodiscard]] const void* metrics_table() noexcept;
[[nodiscard]] const void* metrics_read_table() noexcept;
[[nodiscard]] const void* notify_table() noexcept;
[[nodiscard]] const void* sql_table() noexcept;
[[nodiscard]] const void* store_table() noexcept;

}  // namespace tomada::services
