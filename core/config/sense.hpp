#pragma once
// Sense: what no single member says wrongly, but several together, or a member against what the host knows.
#include "core/config/config.hpp"
#include "core/config/document.hpp"

#include <vector>

namespace tomada::config {

void check_sense(const Document& document, const Config& config, std::vector<Error>& problems);
// Missing members, names that lead nowhere (roles, upstreams, services), addresses that hold credentials.

}  // namespace tomada::config
