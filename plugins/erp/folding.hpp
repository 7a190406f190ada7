#pragma once
// Folding: texts as a person searches them, without case and accents. UTF-8 in, UTF-8 out.
#include <string>
#include <string_view>

namespace tomada::erp {

// ASCII and Latin letters in lower case without their accents: "São João" is "sao joao". Other bytes stay.
[[nodiscard]] std::string fold(std::string_view text);
// Whether `text` contains `part`; both are folded. An empty part is contained in everything.
[[nodiscard]] bool contains(std::string_view text, std::string_view part);
[[nodiscard]] std::string digits_of(std::string_view text);

}  // namespace tomada::erp
