#pragma once
// The document against its schema: unknown keys with the nearest known one, wrong types and values with their lines.
#include "core/config/document.hpp"

#include <vector>

namespace tomada::config {

void check_shape(Document& document, std::vector<Error>& problems);
// Unknown and wrong members are removed from the document, so that what remains can be read.

}  // namespace tomada::config
