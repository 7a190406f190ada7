#pragma once
// Folding: texts as a person searches them, without case and accents. UTF-8 in, UTF-8 out.
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp {

// ASCII and Latin letters in lower case without their accents, composed or combining: "São João" is "sao joao". A
// no-break space is a space. Other bytes stay.
[[nodiscard]] std::string fold(std::string_view text);
// Whether every word of `words` is part of `text`, in any order; both are folded. No words are in everything.
[[nodiscard]] bool has_words(std::string_view text, std::string_view words);
[[nodiscard]] std::vector<std::string> folded_words(std::string_view words);
// Without the white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
[[nodiscard]] std::string digits_of(std::string_view text);

}  // namespace tomada::erp
