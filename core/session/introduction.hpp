#pragma once
// Introduction: the reply to an initialize, which tells the client its session.
#include "core/jsonrpc/exchange.hpp"
#include "core/session/session.hpp"

#include <memory>

namespace tomada::session {

[[nodiscard]] std::shared_ptr<jsonrpc::Reply> introduce(std::shared_ptr<jsonrpc::Reply> reply,
                                                        const std::shared_ptr<Session>& session);
// An answer before the session has agreed on a revision is a refusal, and names none.

}  // namespace tomada::session
