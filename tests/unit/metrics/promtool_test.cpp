#include "core/metrics/metrics.hpp"
#include "tests/support/shared.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>

TEST_CASE("promtool accepts the exposition without a remark") {
  if (std::system("command -v promtool >/dev/null 2>&1") != 0) {
    if (tomada::test::must_run()) FAIL("promtool is not installed (apt-get install prometheus)");
    std::cout << "SKIPPED: promtool is not installed (apt-get install prometheus)\n";
    return;
  }
  tomada::metrics::Registry registry;
  registry.counter("tomada_calls_total", "Calls \"by\" tool\\outcome.\nTwo lines.", {{"tool", "a\"b\\c\nd é"}}).add(3);
  registry.gauge("tomada_memory_bytes", "Resident memory.").set(1.5e9);
  registry.collect("tomada_uptime_seconds", "Since start.", [] { return 12.5; });
  registry.collect("tomada_reads_total", "Reads.", [] { return 5.0; });
  const std::array<double, 3> bounds = {0.005, 0.1, 2.5};
  registry.histogram("tomada_call_duration_seconds", "Duration.", bounds, {{"tool", "x"}}).observe(0.07);
  registry.histogram("tomada_wait_seconds", "Waiting.", bounds).observe(70);
  FILE* promtool = ::popen("promtool check metrics", "w");
  REQUIRE(promtool != nullptr);
  const std::string text = registry.exposition();
  CHECK(std::fwrite(text.data(), 1, text.size(), promtool) == text.size());
  CHECK(::pclose(promtool) == 0);
}
