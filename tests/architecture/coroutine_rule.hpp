#pragma once
// The co_await rule of g++ 12: it is the whole right-hand side of a statement, its operands named objects or plain
// calls.
#include <string>
#include <string_view>
#include <vector>

namespace tomada::architecture {

[[nodiscard]] std::vector<std::string> coroutine_faults(std::string_view source);  // each the offending statement

}  // namespace tomada::architecture
