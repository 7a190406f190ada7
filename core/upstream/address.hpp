#pragma once
// Addresses of a host, looked up within the caller's patience, and which of them belong to private networks.
#include "core/base/result.hpp"
#include "core/upstream/patience.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tomada::upstream {

[[nodiscard]] Result<std::vector<std::string>> resolve(const std::string& host, const Patience& patience);
// Numeric addresses, at most 8, in the system's order. Error: unreachable, or the patience's.

[[nodiscard]] bool is_private_address(std::string_view numeric) noexcept;
// Loopback, private, link-local, shared, unspecified, multicast, reserved; also inside IPv4-mapped and NAT64 addresses.
// What is no address at all counts as private.

}  // namespace tomada::upstream
