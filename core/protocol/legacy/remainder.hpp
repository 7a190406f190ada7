#pragma once
// Remainder: of a legacy request whose tool asks a person, what its later rounds need, for as long as that takes.
#include "core/jsonrpc/message.hpp"

#include <memory>

namespace tomada::protocol::legacy {

[[nodiscard]] std::shared_ptr<jsonrpc::Message> remainder_of(const jsonrpc::Message& message);
// The same id, method, name, uri, arguments and progressToken, in memory of its own; a frame is mostly something else
// where somebody means to fill this process's memory.

}  // namespace tomada::protocol::legacy
