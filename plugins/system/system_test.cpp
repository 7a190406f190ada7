// The plugin behind its contract: what a caller gets, what the metrics say, and what the machine itself says.
#include "system.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <unistd.h>

namespace tomada::system {
namespace {

namespace json = boost::json;

// Just enough host: a section of configuration, metrics that remember, and the real clock.
struct FakeHost {
  tomada_host face{
      sizeof(tomada_host), &FakeHost::service, {"system", 6}, {"9.8.7", 5}, 0};  // first: mapped back below
  std::string section = "{}";
  std::map<std::string, double> values;

  static FakeHost& of(const tomada_host* host) { return *reinterpret_cast<FakeHost*>(const_cast<tomada_host*>(host)); }
  static const void* service(const tomada_host*, const char* id) {
    static constexpr tomada_config config{sizeof(tomada_config), &FakeHost::read_section};
    static constexpr tomada_metrics metrics{sizeof(tomada_metrics), &FakeHost::metric, &FakeHost::metric,
                                            &FakeHost::add, &FakeHost::set};
    if (std::string_view{id} == TOMADA_CONFIG) return &config;
    return std::string_view{id} == TOMADA_METRICS ? &metrics : nullptr;
  }
  static void read_section(const tomada_host* host, void* context, tomada_sink sink) {
    sink(context, {of(host).section.data(), of(host).section.size()});
  }
  static tomada_metric* metric(const tomada_host* host, const char* name, const char*, tomada_text labels) {
    auto& value = of(host).values[name + std::string{labels.data, labels.size}];
    return reinterpret_cast<tomada_metric*>(&value);
  }
  static void add(tomada_metric* metric, double change) { *reinterpret_cast<double*>(metric) += change; }
  static void set(tomada_metric* metric, double value) { *reinterpret_cast<double*>(metric) = value; }
};

tomada_call silent_call() {
  tomada_call raw{};
  raw.size = sizeof raw;
  return raw;
}

json::object ask(const System& system) {
  auto raw = silent_call();
  sdk::Call call{raw};
  return json::parse(system.get_system_metrics({}, call).structured_text).as_object();
}

}  // namespace

TEST_CASE("the first answer is complete, and its cpu percentage 0 as psutil's first") {
  FakeHost host;
  host.section = R"({"interval_ms": 60000})";
  const System system{sdk::Host{host.face}};
  const auto answer = ask(system);
  CHECK(answer.at("cpu_percent").to_number<double>() == 0.0);
  CHECK(answer.at("memory_percent").to_number<double>() > 0);
  CHECK(answer.at("fastmcp_status") == "running");
  CHECK(answer.at("server_status").at("version") == "9.8.7");
  CHECK(answer.at("server_status").at("uptime_seconds").to_number<std::int64_t>() > 1'700'000'000);
  CHECK_FALSE(answer.contains("unreadable"));
}

TEST_CASE("the answer agrees with the machine's own figures") {
  FakeHost host;
  host.section = R"({"interval_ms": 60000})";
  const System system{sdk::Host{host.face}};
  const auto answer = ask(system);
  CHECK(answer.at("cpu").at("cores").to_number<long>() == sysconf(_SC_NPROCESSORS_ONLN));
  const auto pages = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  CHECK(answer.at("memory").at("total_bytes").to_number<double>() == Approx(pages).epsilon(0.01));
  CHECK(answer.at("process").at("threads").to_number<int>() >= 1);
  CHECK(answer.at("process").at("open_files").to_number<int>() >= 3);
  CHECK(answer.at("process").at("resident_bytes").to_number<double>() > 1e6);
  const auto load = parse_loadavg(read_file("/proc/loadavg").value_or(""));
  REQUIRE(load);
  CHECK(answer.at("cpu").at("load_average").at(2).to_number<double>() == Approx(load->fifteen).margin(0.5));
}

TEST_CASE("connections agree with the rows of the kernel's lists") {
  const Roots roots;
  std::uint64_t rows = 0;
  for (const char* list : {"tcp", "tcp6", "udp", "udp6"}) {
    rows += count_rows(read_file(roots.proc + "/net/" + list).value_or(""));
  }
  const auto counted = static_cast<double>(count_connections(roots));
  CHECK(counted == Approx(static_cast<double>(rows)).epsilon(0.2).margin(20));  // others connect meanwhile
}

TEST_CASE("time that passed between two samples becomes percentages and rates") {
  Collector collector{{}, "/"};
  const auto first = collector.take(1000, 1000);
  CHECK(first.process_cpu_percent == 0);
  CHECK(first.received_per_second == 0);
  volatile double sink = 0;
  const auto start = first.process.cpu_ticks;
  Sample second = collector.take(2000, 2000);
  while (second.process.cpu_ticks < start + 2) {
    for (int i = 0; i < 1'000'000; ++i) sink = sink + i;
    second = Collector{{}, "/"}.take(3000, 3000);
  }
  second = collector.take(3000, 3000);
  CHECK(second.process_cpu_percent > 0);
  CHECK(second.cpu_percent > 0);
  CHECK(second.core_percents.size() == second.cpu.cores.size());
}

TEST_CASE("metrics are written with every sample, ratios from 0 to 1") {
  FakeHost host;
  host.section = R"({"interval_ms": 60000})";
  const System system{sdk::Host{host.face}};
  CHECK(host.values.at("tomada_system_memory_ratio") > 0);
  CHECK(host.values.at("tomada_system_memory_ratio") <= 1);
  CHECK(host.values.at("tomada_system_cpu_ratio") == 0);
  CHECK(host.values.at("tomada_system_memory_total_bytes") > 1e6);
  CHECK(host.values.at(R"(tomada_system_cpu_seconds_total{"mode":"idle"})") > 0);
  CHECK(host.values.at("tomada_system_process_resident_bytes") > 1e6);
}

TEST_CASE("counters grow by what passed, and not at all when the kernel's count fell") {
  FakeHost host;
  Gauges gauges{sdk::Host{host.face}};
  Sample sample;
  sample.traffic.received = 500;
  gauges.publish(sample);
  sample.traffic.received = 800;
  gauges.publish(sample);
  CHECK(host.values.at("tomada_system_network_received_bytes_total") == 800);
  sample.traffic.received = 100;
  gauges.publish(sample);
  CHECK(host.values.at("tomada_system_network_received_bytes_total") == 800);
  sample.traffic.received = 150;
  gauges.publish(sample);
  CHECK(host.values.at("tomada_system_network_received_bytes_total") == 850);
}

TEST_CASE("a system that shows nothing is said to, in the answer and in health") {
  FakeHost host;
  host.section = R"({"interval_ms": 60000, "proc_root": "/no/such/proc", "sys_root": "/no/such/sys"})";
  const System system{sdk::Host{host.face}};
  const auto answer = ask(system);
  CHECK(answer.at("unreadable").as_array().size() == 4);
  CHECK(answer.at("memory_percent").to_number<double>() == 0);
  CHECK(system.health().at("status") == "degraded");
}

TEST_CASE("samples are taken until the plugin goes, and none after") {
  std::atomic<int> samples{0};
  {
    const Sampler sampler{std::chrono::milliseconds{1}, [&] { ++samples; }};
    while (samples < 3) std::this_thread::yield();
  }
  const int taken = samples;
  std::this_thread::yield();
  CHECK(samples == taken);
}

TEST_CASE("a sampler that waits long still stops at once") {
  int samples = 0;
  {
    const Sampler sampler{std::chrono::hours{1}, [&] { ++samples; }};
  }
  CHECK(samples == 1);
}

TEST_CASE("limits never promise more than the machine has") {
  Sample sample;
  sample.cpu.cores.resize(2);
  sample.memory.total = 1000;
  sample.limits.cpus = 8;
  sample.limits.memory_bytes = 500;
  sample.limits.memory_used = 100;
  const auto limits = report(sample, {}, "/").at("limits").as_object();
  CHECK(limits.at("cpus").to_number<double>() == 2);
  CHECK(limits.at("memory_bytes").to_number<int>() == 500);
  CHECK(limits.at("memory_percent").to_number<double>() == 20.0);
}

TEST_CASE("times are written in UTC with milliseconds") {
  CHECK(utc_text(1'792'000'000'007) == "2026-10-14T17:46:40.007Z");
}

}  // namespace tomada::system
