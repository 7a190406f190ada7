#pragma once
// Cpu: time spent per mode, and how busy that makes the machine between two looks; load averages.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tomada::system {

struct CpuTimes {  // clock ticks since boot, in the order of /proc/stat
  static constexpr std::array<std::string_view, 10> modes{"user", "nice",    "system", "idle",  "iowait",
                                                          "irq",  "softirq", "steal",  "guest", "guest_nice"};
  std::array<std::uint64_t, modes.size()> ticks{};
};

struct CpuSnapshot {
  CpuTimes all;
  std::vector<CpuTimes> cores;
  std::uint64_t boot_unix_seconds = 0;
  std::uint64_t context_switches = 0;
};

struct Load {
  double one = 0, five = 0, fifteen = 0;
};

[[nodiscard]] std::optional<CpuSnapshot> parse_stat(std::string_view text);
[[nodiscard]] std::optional<Load> parse_loadavg(std::string_view text);

// psutil's cpu_percent: busy share of the ticks between two looks; guest time is already part of user time,
// a mode that ran backwards counts as 0, no ticks at all as 0.
[[nodiscard]] double busy_percent(const CpuTimes& before, const CpuTimes& after);
[[nodiscard]] std::vector<double> busy_percents(const std::vector<CpuTimes>& before,
                                                const std::vector<CpuTimes>& after);

}  // namespace tomada::system
