#pragma once
// Header rules: where "x-mcp-header" may stand in an input schema. Clients drop a whole tool that breaks them.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

namespace tomada::plugin {

[[nodiscard]] Result<void> check_headers(const json::value& input_schema);
// Errors: invalid_argument; where = the JSON pointer of the schema that carries the annotation.

}  // namespace tomada::plugin
