#pragma once
// Labels: from the ABI's JSON object of strings to the registry's pairs.
#include "core/metrics/metrics.hpp"

#include <string_view>

namespace tomada::services {

[[nodiscard]] metrics::Labels read_labels(std::string_view json_object);
// Throws std::invalid_argument when the text is neither empty nor an object of strings.

}  // namespace tomada::services
