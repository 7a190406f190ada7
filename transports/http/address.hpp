#pragma once
// Where to listen: "host:port" to an endpoint of this machine.
#include "core/base/result.hpp"
#include "transports/http/socket.hpp"

#include <string_view>

namespace tomada::http {

[[nodiscard]] Result<Tcp::endpoint> parse_listen(std::string_view listen);
// "127.0.0.1:8420", "[::1]:8420", "localhost:0", a name the machine resolves. Errors: configuration.

}  // namespace tomada::http
