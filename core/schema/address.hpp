#pragma once
// Internet addresses as texts.
#include <string_view>

namespace tomada::schema {

[[nodiscard]] bool is_ipv4(std::string_view text) noexcept;  // four decimal bytes without leading zeros
[[nodiscard]] bool is_ipv6(std::string_view text) noexcept;  // RFC 4291 without a zone

}  // namespace tomada::schema
