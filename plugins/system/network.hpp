#pragma once
// Network: bytes through the interfaces, and how many connections are open.
#include "reading.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tomada::system {

struct Traffic {  // bytes since boot over all interfaces but the loopback
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
};

[[nodiscard]] Traffic parse_net_dev(std::string_view text);

// Sockets of TCP and UDP, any state, as psutil's net_connections counts them. The kernel's own counts are used, because
// listing ten thousand sockets every second would cost more than serving them; without those, the rows of the lists.
[[nodiscard]] std::uint64_t count_connections(const Roots& roots);
[[nodiscard]] std::optional<std::uint64_t> parse_sockstat(std::string_view text);  // sockets and sockets in TIME_WAIT
[[nodiscard]] std::uint64_t count_rows(std::string_view text);                     // of /proc/net/tcp and its like

}  // namespace tomada::system
