#pragma once
// Disk: the room of the file system that holds a path.
#include <cstdint>
#include <optional>
#include <string>

namespace tomada::system {

struct Disk {  // bytes
  std::uint64_t total = 0;
  std::uint64_t used = 0;
  std::uint64_t free = 0;  // for unprivileged programs: without the blocks reserved for root

  [[nodiscard]] double used_percent() const;  // used / (used + free), as df has it
};

[[nodiscard]] std::optional<Disk> read_disk(const std::string& path);
[[nodiscard]] Disk disk_from_blocks(std::uint64_t blocks, std::uint64_t free, std::uint64_t available,
                                    std::uint64_t block_bytes);

}  // namespace tomada::system
