#pragma once
// The JSON Schemas that the build put into the binary.
#include <string_view>

namespace tomada::schemas {

[[nodiscard]] std::string_view embedded(std::string_view path);
// path: relative to schemas/, e.g. "config/server.json". Empty when there is no such schema.

}  // namespace tomada::schemas
