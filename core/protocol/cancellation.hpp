#pragma once
// Notifications of either era: a cancellation reaches its call, everything else is taken and forgotten.
#include "core/protocol/service.hpp"

namespace tomada::protocol {

void take_notification(const Request& request);

}  // namespace tomada::protocol
