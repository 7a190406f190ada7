#pragma once
// Small operations on text that the standard library of GCC 12 lacks.
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::text {

[[nodiscard]] std::string concat(std::initializer_list<std::string_view> parts);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;  // spaces, tabs, CR, LF
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;  // ASCII
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;  // strict: no overlong forms, no surrogates

[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept;
// '*' stands for any run of characters; everything else for itself.

[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);
// The known word within an edit distance of a third of its length; empty when none is near.

}  // namespace tomada::text
