#pragma once
// Cgroup: the limits a container or service manager puts on this process. Versions 1, 2 and both at once (hybrid).
#include "reading.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::system {

struct Limits {
  std::string version = "none";               // "v1", "v2", "hybrid", "none"
  std::optional<double> cpus;                 // quota in whole CPUs; nothing: unlimited
  std::optional<std::uint64_t> memory_bytes;  // nothing: unlimited
  std::optional<std::uint64_t> memory_used;   // working set: without file pages that can be dropped at once
};

// Controller → path of /proc/self/cgroup; version 2 stands under the empty name.
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_cgroup_paths(std::string_view text);

// The tightest limit from the process's own group up to the root: a limit of a parent holds for its children.
[[nodiscard]] Limits read_limits(const Roots& roots);

}  // namespace tomada::system
