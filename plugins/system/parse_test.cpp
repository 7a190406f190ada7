// What the kernel writes, read as psutil reads it.
#include "cpu.hpp"
#include "disk.hpp"
#include "memory.hpp"
#include "network.hpp"
#include "process.hpp"

#include <catch2/catch.hpp>

namespace tomada::system {
namespace {

constexpr auto stat_before =
    "cpu  1000 10 500 8000 200 0 30 60 40 5\n"
    "cpu0 600 10 300 4000 100 0 20 30 40 5\n"
    "cpu1 400 0 200 4000 100 0 10 30 0 0\n"
    "intr 99 1 2 3\nctxt 777\nbtime 1700000000\nprocesses 4242\n";
constexpr auto stat_after =
    "cpu  1100 10 550 8300 210 0 30 70 60 5\n"
    "cpu0 700 10 350 4000 100 0 20 30 60 5\n"
    "cpu1 400 0 200 4300 110 0 10 40 0 0\n"
    "ctxt 800\nbtime 1700000000\n";

}  // namespace

TEST_CASE("cpu percent is the busy share of the time that passed, guest time counted once") {
  const auto before = parse_stat(stat_before), after = parse_stat(stat_after);
  REQUIRE((before && after));
  // user 100 + system 50 + steal 10 busy, idle 300 + iowait 10 resting; guest is inside user already
  CHECK(busy_percent(before->all, after->all) == Approx(34.0));
  CHECK(busy_percents(before->cores, after->cores) == std::vector<double>{100.0, 3.1});
}

TEST_CASE("no time passed, or time that ran backwards, is no load") {
  const auto before = parse_stat(stat_before), after = parse_stat(stat_after);
  REQUIRE((before && after));
  CHECK(busy_percent(before->all, before->all) == 0.0);
  CHECK(busy_percent(after->all, before->all) == 0.0);
}

TEST_CASE("a core brought online since the last look starts at zero") {
  const auto after = parse_stat(stat_after);
  REQUIRE(after);
  CHECK(busy_percents({after->cores[0]}, after->cores) == std::vector<double>{0.0, 0.0});
}

TEST_CASE("the kernel's statistics of old and broken systems are read as far as they go") {
  const auto old = parse_stat("cpu 1 2 3 4\ncpu0 1 2 3 4\n");
  REQUIRE(old);
  CHECK(old->all.ticks[3] == 4);
  CHECK(old->all.ticks[9] == 0);
  CHECK(old->cores.size() == 1);
  CHECK_FALSE(parse_stat(""));
  CHECK_FALSE(parse_stat("intr 1 2 3\n"));
  CHECK(parse_stat(stat_before)->boot_unix_seconds == 1'700'000'000);
  CHECK(parse_stat(stat_before)->context_switches == 777);
}

TEST_CASE("load averages are three numbers or nothing") {
  const auto load = parse_loadavg("0.46 1.23 12.09 3/95 8497\n");
  REQUIRE(load);
  CHECK(load->one == 0.46);
  CHECK(load->five == 1.23);
  CHECK(load->fifteen == 12.09);
  CHECK_FALSE(parse_loadavg("0.46 high"));
  CHECK_FALSE(parse_loadavg(""));
}

TEST_CASE("memory in use is what a new program could not take") {
  const auto memory = parse_meminfo(
      "MemTotal:       16000 kB\nMemFree:         1000 kB\nMemAvailable:   12000 kB\nCached:          9000 kB\n"
      "SwapTotal:       2000 kB\nSwapFree:        1500 kB\nHugePages_Total:    0\n");
  REQUIRE(memory);
  CHECK(memory->total == 16000u * 1024);
  CHECK(memory->used() == 4000u * 1024);
  CHECK(memory->used_percent() == 25.0);
  CHECK(memory->swap_used() == 500u * 1024);
  CHECK(memory->swap_percent() == 25.0);
}

TEST_CASE("without the kernel's estimate, free and cached memory count as available") {
  const auto memory = parse_meminfo("MemTotal: 1000 kB\nMemFree: 100 kB\nCached: 300 kB\n");
  REQUIRE(memory);
  CHECK(memory->available == 400u * 1024);
  CHECK(memory->swap_percent() == 0.0);
  const auto mixed = parse_meminfo("MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 5000 kB\n");
  REQUIRE(mixed);
  CHECK(mixed->available == 100u * 1024);
  CHECK_FALSE(parse_meminfo("nothing here"));
}

TEST_CASE("disk usage leaves out the blocks reserved for root, as df does") {
  const auto disk = disk_from_blocks(1000, 300, 250, 4096);
  CHECK(disk.total == 1000u * 4096);
  CHECK(disk.used == 700u * 4096);
  CHECK(disk.free == 250u * 4096);
  CHECK(disk.used_percent() == 73.7);  // 700 / 950
  CHECK_FALSE(read_disk("/no/such/place"));
}

TEST_CASE("network traffic is summed over all interfaces but the loopback") {
  const auto traffic = parse_net_dev(
      "Inter-|   Receive    |  Transmit\n face |bytes    packets errs |bytes\n"
      "    lo: 9999 29 0 0 0 0 0 0 9999 29 0 0 0 0 0 0\n"
      "  eth0:64020053 1397 0 0 0 0 0 0 72356 849 0 0 0 0 0 0\n"
      " wlan0: 1000 1 0 0 0 0 0 0 10 1 0 0 0 0 0 0\n  bad0: 5\n");
  CHECK(traffic.received == 64'021'053u);
  CHECK(traffic.sent == 72'366u);
  CHECK(parse_net_dev("").received == 0);
}

TEST_CASE("connections are counted with those that wait to be forgotten") {
  CHECK(parse_sockstat(
            "sockets: used 100\nTCP: inuse 7 orphan 1 tw 3 alloc 9 mem 1\nUDP: inuse 2 mem 0\nUDPLITE: inuse 5\n"
            "RAW: inuse 4\n") == 12u);
  CHECK(parse_sockstat("TCP6: inuse 3\nUDP6: inuse 1\n") == 4u);
  CHECK_FALSE(parse_sockstat("garbage"));
  CHECK(count_rows("  sl  local_address\n   0: x\n   1: y\n") == 2);
  CHECK(count_rows("  sl  local_address\n") == 0);
  CHECK(count_rows("") == 0);
}

TEST_CASE("a process name with brackets and spaces does not shift the fields") {
  const auto process = parse_process_stat(
      "8497 (a) b (c) R 8491 8491 3593 0 -1 4194304 108 0 0 0 70 30 0 0 20 0 5 0 231902 3133440 416 "
      "18446744073709551615 0",
      4096);
  REQUIRE(process);
  CHECK(process->cpu_ticks == 100);
  CHECK(process->threads == 5);
  CHECK(process->resident_bytes == 416u * 4096);
  CHECK_FALSE(parse_process_stat("8497 (cut off", 4096));
  CHECK_FALSE(parse_process_stat("8497 (short) R 1 2", 4096));
}

}  // namespace tomada::system
