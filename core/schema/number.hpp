#pragma once
// Numbers as mathematics has them: 1 and 1.0 are equal, 0.0075 is a multiple of 0.0001, 2^63 + 1 is not 2^63.
#include "core/json/value.hpp"

#include <compare>

namespace tomada::schema {

[[nodiscard]] bool is_number(const json::value& value) noexcept;
[[nodiscard]] bool is_integer(const json::value& value) noexcept;  // 1.0 is one
// The two below take numbers only.
[[nodiscard]] std::strong_ordering compare(const json::value& a, const json::value& b) noexcept;
[[nodiscard]] bool is_multiple(const json::value& number, const json::value& divisor) noexcept;

}  // namespace tomada::schema
