#pragma once
// Resources: resources/read for both eras.
#include "core/protocol/calls.hpp"

#include <optional>

namespace tomada::protocol::resources {

[[nodiscard]] std::optional<Problem> read_problem(const jsonrpc::Message& message);

void read(Calls& calls, const registry::Catalogue& catalogue, Request request);
// Of a message without such a problem. What is not there, or hidden, is not found: -32602, in the legacy era -32002.

[[nodiscard]] bool is_readable(const Service& service, const Principal& principal, std::string_view uri);
// By its roles: who may not read a resource is told nothing of it, not even that it changes.

[[nodiscard]] Problem not_found(std::string_view uri, const Revision& revision);  // with data.uri

}  // namespace tomada::protocol::resources
