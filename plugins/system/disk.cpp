#include "disk.hpp"

#include "reading.hpp"

#include <sys/statvfs.h>

namespace tomada::system {

double Disk::used_percent() const { return percent(static_cast<double>(used), static_cast<double>(used + free)); }

Disk disk_from_blocks(std::uint64_t blocks, std::uint64_t free, std::uint64_t available, std::uint64_t block_bytes) {
  return {blocks * block_bytes, (blocks - free) * block_bytes, available * block_bytes};
}

std::optional<Disk> read_disk(const std::string& path) {
  struct statvfs room {};
  if (statvfs(path.c_str(), &room) != 0) return std::nullopt;
  return disk_from_blocks(room.f_blocks, room.f_bfree, room.f_bavail, room.f_frsize);
}

}  // namespace tomada::system
