#pragma once
// Memory: what the machine has, what is free for use, and swap.
#include <cstdint>
#include <optional>
#include <string_view>

namespace tomada::system {

struct Memory {  // bytes
  std::uint64_t total = 0;
  std::uint64_t available = 0;  // what a new program could take without swapping
  std::uint64_t swap_total = 0;
  std::uint64_t swap_free = 0;

  [[nodiscard]] std::uint64_t used() const { return total - available; }
  [[nodiscard]] std::uint64_t swap_used() const { return swap_total - swap_free; }
  [[nodiscard]] double used_percent() const;
  [[nodiscard]] double swap_percent() const;
};

[[nodiscard]] std::optional<Memory> parse_meminfo(std::string_view text);

}  // namespace tomada::system
