#pragma once
// Tools: tools/call for both eras; the request's revision decides the shapes.
#include "core/protocol/calls.hpp"

#include <optional>

namespace tomada::protocol::tools {

[[nodiscard]] std::optional<Problem> call_problem(const jsonrpc::Message& message);
// -32602: no name, or arguments that are no object. What is wrong inside the arguments is the tool's answer.

[[nodiscard]] std::shared_ptr<registry::Tool> find(const Service& service, const Request& request);
// The tool that this message names; null: unknown, or its principal may not see it.

[[nodiscard]] bool requires_task(const Service& service, const Request& request);
// The tool of this message begins as a task or not at all. False also for one that its principal may not see.

void call(Calls& calls, Request request);  // of a message without such a problem

}  // namespace tomada::protocol::tools
