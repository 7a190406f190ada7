#pragma once
// Mirror: request headers that repeat the body so that gateways can route; a header that contradicts is refused.
#include "core/protocol/answer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol::modern {

// In the order of the checks: contradictions first, then what is missing. Nothing without headers (stdio).
[[nodiscard]] std::optional<Problem> contradiction(const Request& request);
[[nodiscard]] std::optional<Problem> missing_mirror(const Request& request);

[[nodiscard]] std::optional<std::string> decode_value(std::string_view header);
// The value behind =?base64?…?=, any other text as it is; nothing: broken base64, bad UTF-8, control or raw non-ASCII
// bytes.

[[nodiscard]] Problem mismatch(std::string_view header, std::string_view in_header, std::string_view in_body);

}  // namespace tomada::protocol::modern
