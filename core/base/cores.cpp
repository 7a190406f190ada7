#include "core/base/cores.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sched.h>
#include <string>
#include <thread>

namespace tomada {
namespace {

std::optional<unsigned> number(std::string_view text) noexcept {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

unsigned allowed_by_mask() noexcept {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof mask, &mask) == 0) return static_cast<unsigned>(CPU_COUNT(&mask));
  return std::thread::hardware_concurrency();  // more processors than a mask of fixed size holds
}

}  // namespace

std::optional<unsigned> quota_cores(std::string_view cpu_max) noexcept {
  const auto space = cpu_max.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto quota = number(cpu_max.substr(0, space));
  const auto period = number(cpu_max.substr(space + 1));
  if (!quota || !period) return std::nullopt;
  return (*quota - 1) / *period + 1;
}

unsigned usable_cores() noexcept try {
  unsigned cores = std::max(1u, allowed_by_mask());
  std::string line;
  if (std::ifstream file{"/sys/fs/cgroup/cpu.max"}; std::getline(file, line)) {
    if (const auto quota = quota_cores(line)) cores = std::min(cores, *quota);
  }
  return cores;
} catch (...) {
  return 1;
}

}  // namespace tomada
