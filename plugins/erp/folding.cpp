// Folds what Brazilian names hold: ASCII and the letters of Latin-1 and Latin Extended-A. A table lookup instead of
// Unicode normalisation, so that it may run for every row of a query.
#include "folding.hpp"

namespace tomada::erp {
namespace {

// U+00C0 to U+017F, one letter each; '?': not a letter with a one-letter base, kept as it is.
constexpr std::string_view latin =
    "aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"   // 00C0 to 00FF
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkk?lllllll"   // 0100 to 013F
    "lllnnnnnn???oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // 0140 to 017F
static_assert(latin.size() == 0x180 - 0xC0);

constexpr char plain_letter(unsigned code) noexcept {
  if (code < 0xC0 || code >= 0x180) return '?';
  return latin[code - 0xC0];
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      continue;
    }
    if (byte < 0xC3 || byte > 0xC5 || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    const auto next = static_cast<unsigned char>(text[at + 1]);
    const char letter = plain_letter((byte & 0x1Fu) << 6 | (next & 0x3Fu));
    if (letter == '?') {
      out.append(text, at, 2);
    } else {
      out += letter;
    }
    ++at;
  }
  return out;
}

bool contains(std::string_view text, std::string_view part) {
  return part.empty() || fold(text).find(fold(part)) != std::string::npos;
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

}  // namespace tomada::erp
