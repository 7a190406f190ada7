#pragma once
// The checked document as a Config; what only several members together can say wrongly is a problem here.
#include "core/config/config.hpp"
#include "core/config/document.hpp"

#include <vector>

namespace tomada::config {

[[nodiscard]] Config read(const Document& document, std::vector<Error>& problems);

}  // namespace tomada::config
