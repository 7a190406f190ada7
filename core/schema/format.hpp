#pragma once
// Formats: the few that can be asserted on request; all others stay annotations.
#include <cstdint>
#include <optional>
#include <string_view>

namespace tomada::schema {

enum class Format : std::uint8_t { date, date_time, email, uri, ipv4, ipv6 };

[[nodiscard]] std::optional<Format> format_of(std::string_view name) noexcept;
[[nodiscard]] bool has_format(Format format, std::string_view text) noexcept;

}  // namespace tomada::schema
