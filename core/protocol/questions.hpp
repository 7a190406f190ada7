#pragma once
// Questions: what a tool may ask of its client in the middle of a call, what that takes, and what counts as an answer.
#include "core/json/value.hpp"

#include <string_view>

namespace tomada::protocol {

[[nodiscard]] json::object needs_of(std::string_view method, const json::object& params);
// The capabilities that a question needs, in the shape of ClientCapabilities.
[[nodiscard]] bool has_all(const json::object& declared, const json::object& needed) noexcept;
void merge_needs(json::object& into, const json::object& more);

[[nodiscard]] bool is_answer(const json::value& value, std::string_view method);  // of the right shape for the method

}  // namespace tomada::protocol
