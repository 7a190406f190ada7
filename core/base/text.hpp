#pragma once
// Small operations on text that the standard library of GCC 12 lacks.
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::text {

[[nodiscard]] std::string concat(std::initializer_list<std::string_view> parts);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
void append_framed(std::string& out, std::string_view part);  // with its length before it
[[nodiscard]] std::string framed(std::initializer_list<std::string_view> parts);
// Whatever the parts hold, two lists of them are never one text: for keys and what is sealed or hashed.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;  // spaces, tabs, CR, LF
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;  // ASCII
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;  // strict: no overlong forms, no surrogates
[[nodiscard]] std::size_t utf8_sequence(std::string_view bytes, std::size_t at) noexcept;
// Length (1 to 4) of the character that starts at `at`; 0: none does.
[[nodiscard]] std::string to_utf8(std::string_view bytes);  // each byte that is no UTF-8 becomes U+FFFD
[[nodiscard]] std::string one_line(std::string_view bytes);
// What may be shown on a terminal: control characters and bytes that are no UTF-8 as "\\n" or "\\x1b".
[[nodiscard]] std::string_view prefix(std::string_view text, std::size_t at_most) noexcept;
// The first bytes, never ending inside a character.

[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept;
// '*' stands for any run of characters; everything else for itself.

[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);
// The known word within an edit distance of a third of its length; empty when none is near.

}  // namespace tomada::text
