#pragma once
// Where to listen: "host:port" to an endpoint of this machine.
#include "core/base/result.hpp"
#include "transports/http/socket.hpp"

#include <string>
#include <string_view>

namespace tomada::http {

[[nodiscard]] Result<Tcp::endpoint> parse_listen(std::string_view listen);
// "127.0.0.1:8420", "[::1]:8420", "localhost:0", a name the machine resolves. Errors: configuration.

[[nodiscard]] std::string network_of(const Tcp::endpoint& peer);
// What its calls are counted by: the bytes of an IPv4 address, the first 64 bits of an IPv6 address (one host may use
// them all).

}  // namespace tomada::http
