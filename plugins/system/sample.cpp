#include "sample.hpp"

#include <unistd.h>
#include <utility>

namespace tomada::system {
namespace {

template <class T>
void keep(std::optional<T> value, T& place, const std::string& source, std::vector<std::string>& unreadable) {
  if (value) {
    place = std::move(*value);
  } else {
    unreadable.push_back(source);
  }
}

double rate(std::uint64_t before, std::uint64_t after, double seconds) {
  return after > before ? static_cast<double>(after - before) / seconds : 0;  // a counter that fell was reset
}

}  // namespace

Sample Collector::take(std::int64_t unix_ms, std::int64_t steady_ms) {
  Sample sample;
  sample.unix_ms = unix_ms;
  read(sample);
  if (previous_ && steady_ms > previous_steady_ms_) {
    compare(sample, static_cast<double>(steady_ms - previous_steady_ms_) / 1000);
  } else {
    sample.core_percents.assign(sample.cpu.cores.size(), 0);
  }
  previous_ = sample;
  previous_steady_ms_ = steady_ms;
  return sample;
}

void Collector::read(Sample& sample) const {
  const auto text = [&](const char* name) { return read_file(roots_.proc + name).value_or(""); };
  auto& unreadable = sample.unreadable;
  keep(parse_stat(text("/stat")), sample.cpu, "stat", unreadable);
  keep(parse_loadavg(text("/loadavg")), sample.load, "loadavg", unreadable);
  keep(parse_meminfo(text("/meminfo")), sample.memory, "meminfo", unreadable);
  keep(read_disk(disk_path_), sample.disk, disk_path_, unreadable);
  keep(read_process(roots_), sample.process, "self/stat", unreadable);
  sample.traffic = parse_net_dev(text("/net/dev"));
  sample.connections = count_connections(roots_);
  sample.limits = read_limits(roots_);
}

void Collector::compare(Sample& sample, double seconds) const {
  const Sample& before = *previous_;
  sample.cpu_percent = busy_percent(before.cpu.all, sample.cpu.all);
  sample.core_percents = busy_percents(before.cpu.cores, sample.cpu.cores);
  sample.received_per_second = rate(before.traffic.received, sample.traffic.received, seconds);
  sample.sent_per_second = rate(before.traffic.sent, sample.traffic.sent, seconds);
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  const double ticks = rate(before.process.cpu_ticks, sample.process.cpu_ticks, seconds);
  sample.process_cpu_percent = percent(ticks, ticks_per_second);
}

}  // namespace tomada::system
