#pragma once
// Reach: can an upstream be connected to at this moment? Costs it a connection, and nothing of its quota.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/upstream/options.hpp"

namespace tomada::upstream {

[[nodiscard]] Result<void> reach(const UpstreamOptions& options, Milliseconds at_most);
// Looks the name up, connects, and for https shakes hands and checks the certificate. Blocks at most `at_most`.
// Errors: unreachable, with the reason; configuration (the URL).

}  // namespace tomada::upstream
