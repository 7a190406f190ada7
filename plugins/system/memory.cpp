#include "memory.hpp"

#include "reading.hpp"

#include <algorithm>

namespace tomada::system {

double Memory::used_percent() const { return percent(static_cast<double>(used()), static_cast<double>(total)); }
double Memory::swap_percent() const {
  return percent(static_cast<double>(swap_used()), static_cast<double>(swap_total));
}

std::optional<Memory> parse_meminfo(std::string_view text) {
  Memory memory;
  std::uint64_t free = 0, cached = 0;
  const struct {
    std::string_view name;
    std::uint64_t& bytes;
  } wanted[] = {{"MemTotal:", memory.total},         {"MemFree:", free},
                {"MemAvailable:", memory.available}, {"Cached:", cached},
                {"SwapTotal:", memory.swap_total},   {"SwapFree:", memory.swap_free}};
  for (const auto line : lines_of(text)) {
    const auto words = words_of(line);
    if (words.size() < 2) continue;
    for (const auto& field : wanted) {
      if (field.name == words[0]) field.bytes = number(words[1]).value_or(0) * 1024;
    }
  }
  if (memory.total == 0) return std::nullopt;
  if (memory.available == 0) memory.available = free + cached;  // kernels before 3.14, some containers
  if (memory.available > memory.total)
    memory.available = free;  // containers that mix the host's figures with their own
  memory.available = std::min(memory.available, memory.total);
  memory.swap_free = std::min(memory.swap_free, memory.swap_total);
  return memory;
}

}  // namespace tomada::system
