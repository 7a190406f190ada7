#pragma once
// Cores: how many processors this process may really use; what sizes its threads.
#include <optional>
#include <string_view>

namespace tomada {

[[nodiscard]] unsigned usable_cores() noexcept;
// The least of what the machine has, what the affinity mask allows, and the container's CPU quota (cgroup v2, rounded
// up); at least 1.

[[nodiscard]] std::optional<unsigned> quota_cores(std::string_view cpu_max) noexcept;
// "150000 100000" (microseconds of a period) is 2; "max 100000" and anything else is no quota.

}  // namespace tomada
