#pragma once
// Gauges: a sample as Prometheus metrics of the host.
#include "sample.hpp"

#include <tomada/plugin.hpp>

#include <array>
#include <vector>

namespace tomada::system {

class Gauges final {
 public:
  explicit Gauges(const sdk::Host& host);
  void publish(const Sample& sample);

 private:
  struct Gauge {
    sdk::Metric metric;
    double (*value)(const Sample&);
  };
  struct Counter {
    sdk::Metric metric;
    double (*value)(const Sample&);
    double last = 0;
  };

  std::vector<Gauge> gauges_;
  std::vector<Counter> counters_;
  std::array<sdk::Metric, CpuTimes::modes.size()> cpu_seconds_;
  CpuTimes last_times_;
};

}  // namespace tomada::system
