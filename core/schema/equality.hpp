#pragma once
// Equality of JSON values as JSON Schema defines it: 1 equals 1.0, members have no order.
#include "core/json/value.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace tomada::schema {

[[nodiscard]] bool are_equal(const json::value& a, const json::value& b) noexcept;
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> first_repetition(const json::array& elements);
// The positions of two equal elements; n log n beyond a few.

}  // namespace tomada::schema
