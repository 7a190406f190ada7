#include "report.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace tomada::system {
namespace {

namespace json = boost::json;

double whole(double value) { return std::round(value); }
double hundredths(double value) { return std::round(value * 100) / 100; }

std::int64_t uptime_seconds(const Sample& sample, const ServerFacts& server) {
  return std::max<std::int64_t>(0, (sample.unix_ms - server.started_at_unix_ms) / 1000);
}

json::object cpu_part(const Sample& sample) {
  json::array cores;
  for (const double percent : sample.core_percents) cores.emplace_back(percent);
  const json::array load{sample.load.one, sample.load.five, sample.load.fifteen};
  return {{"cores", sample.cpu.cores.size()}, {"per_core_percent", std::move(cores)}, {"load_average", load}};
}

json::object memory_part(const Memory& memory) {
  return {{"total_bytes", memory.total},           {"available_bytes", memory.available},
          {"used_bytes", memory.used()},           {"swap_total_bytes", memory.swap_total},
          {"swap_used_bytes", memory.swap_used()}, {"swap_percent", memory.swap_percent()}};
}

json::object disk_part(const Disk& disk, const std::string& path) {
  return {{"path", path}, {"total_bytes", disk.total}, {"used_bytes", disk.used}, {"free_bytes", disk.free}};
}

json::object network_part(const Sample& sample) {
  return {{"received_bytes", sample.traffic.received},
          {"sent_bytes", sample.traffic.sent},
          {"received_bytes_per_second", whole(sample.received_per_second)},
          {"sent_bytes_per_second", whole(sample.sent_per_second)}};
}

json::object process_part(const Sample& sample) {
  return {{"resident_bytes", sample.process.resident_bytes},
          {"cpu_percent", sample.process_cpu_percent},
          {"threads", sample.process.threads},
          {"open_files", sample.process.open_files}};
}

// What this process may use: the machine's figures unless a group allows less.
json::object limits_part(const Sample& sample) {
  const auto cores = static_cast<double>(sample.cpu.cores.size());
  json::object part{{"cgroup", sample.limits.version},
                    {"cpus", hundredths(std::min(sample.limits.cpus.value_or(cores), cores))}};
  part["memory_bytes"] = std::min(sample.limits.memory_bytes.value_or(sample.memory.total), sample.memory.total);
  if (sample.limits.memory_used) {
    const auto used = static_cast<double>(*sample.limits.memory_used);
    part["memory_used_bytes"] = *sample.limits.memory_used;
    part["memory_percent"] = percent(used, static_cast<double>(*sample.limits.memory_bytes));
  }
  return part;
}

std::string one_decimal(double value) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.1f", value);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string gigabytes(std::uint64_t bytes) { return one_decimal(static_cast<double>(bytes) / 1e9) + " GB"; }

}  // namespace

std::string utc_text(std::int64_t unix_ms) {
  const std::time_t seconds = unix_ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(unix_ms % 1000));
  return std::string{text.data(), size} + fraction.data();
}

json::object report(const Sample& sample, const ServerFacts& server, const std::string& disk_path) {
  json::object answer{{"timestamp", utc_text(sample.unix_ms)},          {"cpu_percent", sample.cpu_percent},
                      {"memory_percent", sample.memory.used_percent()}, {"disk_usage", sample.disk.used_percent()},
                      {"active_connections", sample.connections},       {"fastmcp_status", "running"}};
  answer["server_status"] = json::object{{"name", "tomada"},
                                         {"version", server.version},
                                         {"status", "running"},
                                         {"uptime_seconds", uptime_seconds(sample, server)}};
  answer["cpu"] = cpu_part(sample);
  answer["memory"] = memory_part(sample.memory);
  answer["disk"] = disk_part(sample.disk, disk_path);
  answer["network"] = network_part(sample);
  answer["process"] = process_part(sample);
  answer["limits"] = limits_part(sample);
  if (!sample.unreadable.empty())
    answer["unreadable"] = json::array(sample.unreadable.begin(), sample.unreadable.end());
  return answer;
}

std::string summary(const Sample& sample, const ServerFacts& server) {
  return "CPU " + one_decimal(sample.cpu_percent) + " % of " + std::to_string(sample.cpu.cores.size()) +
         " cores, memory " + one_decimal(sample.memory.used_percent()) + " % of " + gigabytes(sample.memory.total) +
         ", disk " + one_decimal(sample.disk.used_percent()) + " % of " + gigabytes(sample.disk.total) + ", load " +
         one_decimal(sample.load.one) + ", " + std::to_string(sample.connections) + " connections. tomada " +
         server.version + " has run for " + std::to_string(uptime_seconds(sample, server)) + " s and uses " +
         one_decimal(static_cast<double>(sample.process.resident_bytes) / 1e6) + " MB. As of " +
         utc_text(sample.unix_ms) + ".";
}

}  // namespace tomada::system
