#pragma once
// Prompts: prompts/get for both eras.
#include "core/protocol/calls.hpp"

#include <optional>

namespace tomada::protocol::prompts {

[[nodiscard]] std::optional<Problem> get_problem(const jsonrpc::Message& message);

void get(Calls& calls, const registry::Catalogue& catalogue, Request request);
// Of a message without such a problem. An unknown or hidden prompt, and arguments that it cannot take, are -32602.

}  // namespace tomada::protocol::prompts
