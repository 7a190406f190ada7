#pragma once
// Completion: completion/complete for both eras: what a prompt's argument or a template's variable could be.
#include "core/protocol/calls.hpp"

#include <optional>

namespace tomada::protocol::completion {

[[nodiscard]] std::optional<Problem> complete_problem(const jsonrpc::Message& message);

void complete(Calls& calls, const Service& service, const registry::Catalogue& catalogue, Request request);
// Of a message without such a problem. At most 100 values; a prompt or template that proposes nothing answers none; an
// unknown or hidden one is -32602.

}  // namespace tomada::protocol::completion
