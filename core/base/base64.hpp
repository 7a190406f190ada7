#pragma once
// Base64 as the wire uses it: strict decoding of the standard alphabet for headers, the URL alphabet for cursors.
#include <optional>
#include <string>
#include <string_view>

namespace tomada::base64 {

[[nodiscard]] std::string encode_url(std::string_view bytes);  // no padding
[[nodiscard]] std::optional<std::string> decode_url(std::string_view text);
[[nodiscard]] std::optional<std::string> decode(std::string_view text);
// Standard alphabet with exact padding. Both refuse foreign characters and trailing bits that are not zero.

}  // namespace tomada::base64
