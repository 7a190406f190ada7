#pragma once
// System: the plugin; its tool hands out what the sampler prepared.
#include "gauges.hpp"
#include "report.hpp"
#include "sample.hpp"
#include "sampler.hpp"

#include <tomada/plugin.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace tomada::system {

struct Settings {
  std::int64_t interval_ms = 1000;
  std::string disk_path = "/";
  Roots roots;

  [[nodiscard]] static Settings from(const sdk::json::object& section);
};

class System final {
 public:
  explicit System(sdk::Host host);
  [[nodiscard]] sdk::Answer get_system_metrics(const sdk::json::object& arguments, sdk::Call& call) const;
  [[nodiscard]] sdk::json::object health() const;

 private:
  struct Prepared {  // everything an answer needs, written once per sample
    std::string structured;
    std::string text;
    std::int64_t steady_ms = 0;
    std::vector<std::string> unreadable;
  };
  void take();
  [[nodiscard]] std::shared_ptr<const Prepared> newest() const;

  sdk::Host host_;
  Settings settings_;
  ServerFacts server_;
  Collector collector_;  // the sampler's thread only
  Gauges gauges_;        // the sampler's thread only
  mutable std::mutex mutex_;
  std::shared_ptr<const Prepared> newest_;  // guarded by mutex_
  Sampler sampler_;                         // last: its thread uses the others
};

}  // namespace tomada::system
