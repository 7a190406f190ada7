#include "cpu.hpp"

#include "reading.hpp"

#include <algorithm>

namespace tomada::system {
namespace {

enum Mode { idle = 3, iowait = 4, guest = 8, guest_nice = 9 };

CpuTimes times_from(const std::vector<std::string_view>& words) {
  CpuTimes times;
  const auto count = std::min(words.size() - 1, times.ticks.size());  // old kernels have fewer modes
  for (std::size_t mode = 0; mode < count; ++mode) times.ticks[mode] = number(words[mode + 1]).value_or(0);
  return times;
}

CpuTimes passed(const CpuTimes& before, const CpuTimes& after) {
  CpuTimes delta;
  for (std::size_t mode = 0; mode < delta.ticks.size(); ++mode) {
    const bool has_grown = after.ticks[mode] > before.ticks[mode];
    delta.ticks[mode] = has_grown ? after.ticks[mode] - before.ticks[mode] : 0;
  }
  return delta;
}

}  // namespace

std::optional<CpuSnapshot> parse_stat(std::string_view text) {
  CpuSnapshot snapshot;
  bool has_total = false;
  for (const auto line : lines_of(text)) {
    const auto words = words_of(line);
    if (words.size() < 2) continue;
    if (words[0] == "cpu") {
      snapshot.all = times_from(words);
      has_total = true;
    } else if (words[0].starts_with("cpu")) {
      snapshot.cores.push_back(times_from(words));
    } else if (words[0] == "btime") {
      snapshot.boot_unix_seconds = number(words[1]).value_or(0);
    } else if (words[0] == "ctxt") {
      snapshot.context_switches = number(words[1]).value_or(0);
    }
  }
  if (!has_total) return std::nullopt;
  return snapshot;
}

std::optional<Load> parse_loadavg(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() < 3) return std::nullopt;
  const auto one = decimal(words[0]), five = decimal(words[1]), fifteen = decimal(words[2]);
  if (!one || !five || !fifteen) return std::nullopt;
  return Load{*one, *five, *fifteen};
}

double busy_percent(const CpuTimes& before, const CpuTimes& after) {
  const auto delta = passed(before, after).ticks;
  std::uint64_t total = 0;
  for (std::size_t mode = 0; mode < guest; ++mode) total += delta[mode];
  const auto resting = delta[idle] + delta[iowait];
  return percent(static_cast<double>(total - resting), static_cast<double>(total));
}

std::vector<double> busy_percents(const std::vector<CpuTimes>& before, const std::vector<CpuTimes>& after) {
  std::vector<double> percents;
  for (std::size_t core = 0; core < after.size(); ++core) {
    const bool is_new = core >= before.size();  // brought online since the last look
    percents.push_back(is_new ? 0 : busy_percent(before[core], after[core]));
  }
  return percents;
}

}  // namespace tomada::system
