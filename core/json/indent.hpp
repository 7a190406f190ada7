#pragma once
// Indented: JSON text as people read it. Every token stays as it is written, so 692.10 keeps its last digit.
#include <string>
#include <string_view>

namespace tomada::json {

[[nodiscard]] std::string indented(std::string_view text);  // two spaces a level; text must be valid JSON

}  // namespace tomada::json
