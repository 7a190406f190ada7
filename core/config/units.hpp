#pragma once
// Durations and sizes as people write them.
#include "core/base/clock.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace tomada::config {

[[nodiscard]] std::optional<Milliseconds> parse_duration(
    std::string_view text) noexcept;  // "500ms", "60s", "5m", "1h", "90d"
[[nodiscard]] std::optional<std::size_t> parse_bytes(
    std::string_view text) noexcept;  // "512B", "64KB", "64MB", "1GB": powers of 1024

}  // namespace tomada::config
