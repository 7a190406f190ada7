// Ratios run from 0 to 1 and sizes are bytes, as Prometheus asks. Counters start at the kernel's own count since boot.
#include "gauges.hpp"

#include <algorithm>
#include <string>
#include <unistd.h>

namespace tomada::system {
namespace {

struct Face {
  const char *name, *help;
  double (*value)(const Sample&);
};

double ratio(double percents) { return percents / 100; }

constexpr Face gauge_faces[] = {
    {"tomada_system_cpu_ratio", "Busy share of all cores since the previous sample",
     [](const Sample& s) { return ratio(s.cpu_percent); }},
    {"tomada_system_cpu_cores", "Cores of the machine",
     [](const Sample& s) { return static_cast<double>(s.cpu.cores.size()); }},
    {"tomada_system_load1", "Load average over 1 minute", [](const Sample& s) { return s.load.one; }},
    {"tomada_system_load5", "Load average over 5 minutes", [](const Sample& s) { return s.load.five; }},
    {"tomada_system_load15", "Load average over 15 minutes", [](const Sample& s) { return s.load.fifteen; }},
    {"tomada_system_memory_ratio", "Share of memory that is not available to programs",
     [](const Sample& s) { return ratio(s.memory.used_percent()); }},
    {"tomada_system_memory_total_bytes", "Memory of the machine",
     [](const Sample& s) { return static_cast<double>(s.memory.total); }},
    {"tomada_system_memory_available_bytes", "Memory a new program could take without swapping",
     [](const Sample& s) { return static_cast<double>(s.memory.available); }},
    {"tomada_system_swap_used_bytes", "Swap in use",
     [](const Sample& s) { return static_cast<double>(s.memory.swap_used()); }},
    {"tomada_system_disk_ratio", "Used share of the watched file system",
     [](const Sample& s) { return ratio(s.disk.used_percent()); }},
    {"tomada_system_disk_free_bytes", "Room left on the watched file system",
     [](const Sample& s) { return static_cast<double>(s.disk.free); }},
    {"tomada_system_connections", "TCP and UDP sockets of the machine, in any state",
     [](const Sample& s) { return static_cast<double>(s.connections); }},
    {"tomada_system_process_resident_bytes", "Memory of the server's process",
     [](const Sample& s) { return static_cast<double>(s.process.resident_bytes); }},
    {"tomada_system_process_threads", "Threads of the server's process",
     [](const Sample& s) { return static_cast<double>(s.process.threads); }},
    {"tomada_system_process_open_files", "File descriptors of the server's process",
     [](const Sample& s) { return static_cast<double>(s.process.open_files); }},
};

constexpr Face counter_faces[] = {
    {"tomada_system_network_received_bytes_total", "Bytes received on all interfaces but the loopback",
     [](const Sample& s) { return static_cast<double>(s.traffic.received); }},
    {"tomada_system_network_sent_bytes_total", "Bytes sent on all interfaces but the loopback",
     [](const Sample& s) { return static_cast<double>(s.traffic.sent); }},
    {"tomada_system_context_switches_total", "Context switches of the machine",
     [](const Sample& s) { return static_cast<double>(s.cpu.context_switches); }},
    {"tomada_system_process_cpu_seconds_total", "Processor time of the server's process",
     [](const Sample& s) {
       return static_cast<double>(s.process.cpu_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
     }},
};

}  // namespace

Gauges::Gauges(const sdk::Host& host) {
  for (const auto& face : gauge_faces) gauges_.push_back({host.gauge(face.name, face.help), face.value});
  for (const auto& face : counter_faces) counters_.push_back({host.counter(face.name, face.help), face.value});
  for (std::size_t mode = 0; mode < cpu_seconds_.size(); ++mode) {
    const sdk::Labels labels{{"mode", std::string{CpuTimes::modes[mode]}}};
    cpu_seconds_[mode] = host.counter("tomada_system_cpu_seconds_total", "Time of all cores by mode", labels);
  }
}

void Gauges::publish(const Sample& sample) {
  for (const auto& gauge : gauges_) gauge.metric.set(gauge.value(sample));
  for (auto& counter : counters_) {
    const double now = counter.value(sample);
    counter.metric.add(std::max(0.0, now - counter.last));  // a count that fell was reset
    counter.last = now;
  }
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  for (std::size_t mode = 0; mode < cpu_seconds_.size(); ++mode) {
    const auto now = sample.cpu.all.ticks[mode], last = last_times_.ticks[mode];
    if (now > last) cpu_seconds_[mode].add(static_cast<double>(now - last) / ticks_per_second);
  }
  last_times_ = sample.cpu.all;
}

}  // namespace tomada::system
