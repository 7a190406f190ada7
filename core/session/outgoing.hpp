#pragma once
// Outgoing: the reply to a frame that came in apart from the stream on which it is answered (HTTP+SSE).
#include "core/jsonrpc/message.hpp"
#include "core/session/stream.hpp"

#include <memory>

namespace tomada::session {

[[nodiscard]] std::shared_ptr<jsonrpc::Reply> reply_on(std::shared_ptr<Stream> stream, const jsonrpc::Id& id);
// Dropped without an answer to a frame that has an id, it says that the frame failed.

}  // namespace tomada::session
