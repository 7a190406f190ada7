// Folds what Brazilian names hold: ASCII and the letters of Latin-1 and Latin Extended-A. A table lookup instead of
// Unicode normalisation, so that it may run for every row of a query; combining marks are dropped, which comes to the
// same.
#include "folding.hpp"

#include <algorithm>
#include <cstddef>

namespace tomada::erp {
namespace {

// U+00C0 to U+017F, one letter each; '?': not a letter with a one-letter base, kept as it is.
constexpr std::string_view latin =
    "aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"   // 00C0 to 00FF
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkk?lllllll"   // 0100 to 013F
    "lllnnnnnn???oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // 0140 to 017F
static_assert(latin.size() == 0x180 - 0xC0);

constexpr std::string_view no_break_space = "\u00A0", white = " \t\r\n\f\v";

constexpr char plain_letter(unsigned code) noexcept {
  if (code < 0xC0 || code >= 0x180) return '?';
  return latin[code - 0xC0];
}

// U+0300 to U+036F: CC 80 to CD AF.
constexpr bool is_combining(unsigned char lead, unsigned char next) noexcept {
  return (lead == 0xCC && next >= 0x80) || (lead == 0xCD && next < 0xB0);
}

// Appends what the two-byte character at the front of `from` folds to.
void fold_pair(std::string& out, std::string_view from) {
  const auto lead = static_cast<unsigned char>(from[0]), next = static_cast<unsigned char>(from[1]);
  if (is_combining(lead, next)) return;
  const char letter = from == no_break_space ? ' ' : plain_letter((lead & 0x1Fu) << 6 | (next & 0x3Fu));
  if (letter == '?') {
    out += from;
  } else {
    out += letter;
  }
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
    if (byte < 0xC2 || byte >= 0xE0 || at + 1 == text.size() || (text[at + 1] & 0xC0) != 0x80) {
      out += text[at];
      continue;
    }
    fold_pair(out, text.substr(at++, 2));
  }
  return out;
}

std::vector<std::string> folded_words(std::string_view words) {
  std::vector<std::string> out;
  const auto wanted = fold(words);
  for (auto begin = wanted.find_first_not_of(white); begin != std::string::npos;) {
    const auto end = std::min(wanted.find_first_of(white, begin), wanted.size());
    out.push_back(wanted.substr(begin, end - begin));
    begin = wanted.find_first_not_of(white, end);
  }
  return out;
}

bool has_words(std::string_view text, std::string_view words) {
  const auto where = fold(text);
  const auto wanted = folded_words(words);
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const std::string& word) { return where.find(word) != std::string::npos; });
}

std::string_view trimmed(std::string_view text) noexcept {
  const auto space_at_front = [&] {
    if (text.starts_with(no_break_space)) return no_break_space.size();
    return std::size_t{!text.empty() && white.find(text.front()) != std::string_view::npos};
  };
  const auto space_at_back = [&] {
    if (text.ends_with(no_break_space)) return no_break_space.size();
    return std::size_t{!text.empty() && white.find(text.back()) != std::string_view::npos};
  };
  while (const auto size = space_at_front()) text.remove_prefix(size);
  while (const auto size = space_at_back()) text.remove_suffix(size);
  return text;
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

}  // namespace tomada::erp
