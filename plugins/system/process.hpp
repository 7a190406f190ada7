#pragma once
// Process: what this server itself uses.
#include "reading.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tomada::system {

struct Process {
  std::uint64_t cpu_ticks = 0;  // user and system time since its start
  std::uint64_t threads = 0;
  std::uint64_t resident_bytes = 0;
  std::uint64_t open_files = 0;
};

[[nodiscard]] std::optional<Process> parse_process_stat(std::string_view text, std::uint64_t page_bytes);
[[nodiscard]] std::optional<Process> read_process(const Roots& roots);

}  // namespace tomada::system
