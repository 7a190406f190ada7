#pragma once
// Failure: one JSON line on stderr and the exit code that belongs to it.
#include "core/base/error.hpp"

namespace tomada::cli {

inline constexpr int exit_ok = 0, exit_unexpected = 1, exit_configuration = 2, exit_unauthorised = 3,
                     exit_unreachable = 4, exit_tool_error = 5;

[[nodiscard]] int exit_code(ErrorCode code) noexcept;
int fail(const Error& error);  // writes the line, returns the exit code

}  // namespace tomada::cli
