#pragma once
// Sample: everything seen at one moment; Collector: takes samples and turns growing counts into rates.
#include "cgroup.hpp"
#include "cpu.hpp"
#include "disk.hpp"
#include "memory.hpp"
#include "network.hpp"
#include "process.hpp"
#include "reading.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tomada::system {

struct Sample {
  std::int64_t unix_ms = 0;
  CpuSnapshot cpu;
  double cpu_percent = 0;
  std::vector<double> core_percents;
  Load load;
  Memory memory;
  Disk disk;
  Traffic traffic;
  double received_per_second = 0, sent_per_second = 0;  // bytes
  std::uint64_t connections = 0;
  Process process;
  double process_cpu_percent = 0;  // 100: one core fully used
  Limits limits;
  std::vector<std::string> unreadable;  // what this kernel or container does not show
};

class Collector final {
 public:
  Collector(Roots roots, std::string disk_path) : roots_{std::move(roots)}, disk_path_{std::move(disk_path)} {}

  // The first one has no earlier to compare with: its percentages of time and its rates are 0, as psutil's.
  [[nodiscard]] Sample take(std::int64_t unix_ms, std::int64_t steady_ms);

 private:
  void read(Sample& sample) const;
  void compare(Sample& sample, double seconds) const;

  Roots roots_;
  std::string disk_path_;
  std::optional<Sample> previous_;
  std::int64_t previous_steady_ms_ = 0;
};

}  // namespace tomada::system
