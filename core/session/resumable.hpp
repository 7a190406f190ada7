#pragma once
// Resumable: the reply to a request of a session. Once it is a stream, its client may lose the connection and come
// back.
#include "core/session/streams.hpp"

#include <memory>

namespace tomada::session {

[[nodiscard]] std::shared_ptr<jsonrpc::Reply> make_resumable(std::shared_ptr<jsonrpc::Reply> reply,
                                                             std::shared_ptr<Streams> streams, Numbering numbering);
// An answer without anything before it goes where the request came from, and nothing is kept. A lost connection ends
// nothing: on_disconnect() is never called. Where streams begin with an id, a client that has waited for seconds gets
// one, so that it can come back for its answer too.

}  // namespace tomada::session
