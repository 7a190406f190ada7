#pragma once
// Caller: the principal of a call as plugins are told of it.
#include "core/base/principal.hpp"

#include <string>

namespace tomada::plugin {

[[nodiscard]] std::string principal_text(const Principal& principal);  // JSON object {"subject", "tenant", "roles"}

}  // namespace tomada::plugin
