#include "core/protocol/cancellation.hpp"

#include "core/protocol/answer.hpp"
#include "core/protocol/names.hpp"

namespace tomada::protocol {

void take_notification(const Request& request) {
  const auto* params = request.message->params();
  if (request.in_flight && params && request.message->method() == names::cancelled) {
    const auto* id = json::find(*params, "requestId");
    if (id)
      request.in_flight->cancel(jsonrpc::id_of(*id));  // unknown and finished ids are no mistake: the two may cross
  }
  accept(request);
}

}  // namespace tomada::protocol
