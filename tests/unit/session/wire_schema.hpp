#pragma once
// WireSchema: the published JSON Schema of a protocol revision, when it is at hand.
#include "core/json/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::test {

[[nodiscard]] bool has_wire_schema(std::string_view revision);
[[nodiscard]] std::string wire_violations(std::string_view revision, std::string_view type,
                                          const json::value& instance);
// Empty: the instance is a TYPE of that revision.

}  // namespace tomada::test
