#include "core/schema/pattern_parser.hpp"
#include "core/schema/unicode.hpp"

#include <iterator>
#include <span>

// The part of the parser that reads single characters: escapes and bracketed classes.
namespace tomada::schema {
namespace {

using Ranges = std::vector<std::pair<char32_t, char32_t>>;

const Ranges& digit_ranges() {
  static const Ranges out{{U'0', U'9'}};
  return out;
}
const Ranges& word_ranges() {
  static const Ranges out{{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
  return out;
}
const Ranges& space_ranges() {
  static const Ranges out{{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                          {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return out;
}

// What lies between the ranges, which rise and do not touch.
Ranges complement(const Ranges& ranges) {
  Ranges out;
  char32_t next = 0;
  for (const auto& [first, last] : ranges) {
    if (first > next) out.emplace_back(next, first - 1);
    next = last + 1;
  }
  out.emplace_back(next, 0x10FFFF);
  return out;
}

// Of the hundred properties of Unicode those that schemas use; empty: not one of them.
std::span<const unicode::Range> property_ranges(std::string_view name) noexcept {
  for (const std::string_view prefix : {"General_Category=", "gc="}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  if (name == "L" || name == "Letter") return unicode::letters;
  if (name == "N" || name == "Number") return unicode::numbers;
  if (name == "Nd" || name == "Decimal_Number" || name == "digit") return unicode::decimal_digits;
  return {};
}

bool is_letter_or_digit(char32_t c) noexcept {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

}  // namespace

std::optional<CharacterSet> PatternParser::class_escape(char32_t letter) {
  switch (letter) {
    case U'p':
    case U'P':
      return property(letter == U'P');
    case U'd':
      return CharacterSet{digit_ranges()};
    case U'D':
      return CharacterSet{complement(digit_ranges())};
    case U'w':
      return CharacterSet{word_ranges()};
    case U'W':
      return CharacterSet{complement(word_ranges())};
    case U's':
      return CharacterSet{space_ranges()};
    case U'S':
      return CharacterSet{complement(space_ranges())};
    default:
      return std::nullopt;
  }
}

CharacterSet PatternParser::property(bool is_negated) {
  std::string name;
  const bool is_open = take(U'{');
  while (is_open && !is_at_end() && peek() != U'}') name.push_back(static_cast<char>(text_[at_++]));
  const auto ranges = property_ranges(name);
  if (!take(U'}') || ranges.empty()) refuse("uses a \\p{…} other than \\p{L}, \\p{N} and \\p{Nd}; list the characters");
  Ranges out{ranges.begin(), ranges.end()};
  return CharacterSet{is_negated ? complement(out) : std::move(out)};
}

PatternParser::Index PatternParser::escape() {
  if (is_at_end()) return refuse("ends with a backslash");
  const char32_t letter = text_[at_++];
  if (letter == U'b' || letter == U'B') return leaf(Code::boundary, letter == U'B' ? 1 : 0);
  if (auto set = class_escape(letter)) return set_leaf(std::move(*set));
  return leaf(Code::character, character_escape(letter));
}

char32_t PatternParser::character_escape(char32_t letter) {
  switch (letter) {
    case U't':
      return U'\t';
    case U'n':
      return U'\n';
    case U'v':
      return U'\v';
    case U'f':
      return U'\f';
    case U'r':
      return U'\r';
    case U'0':
      return U'\0';
    case U'x':
      return hex(2);
    case U'u':
      return unicode_escape();
    case U'c':
      if (!is_at_end() && is_letter_or_digit(peek()) && peek() > U'9') return text_[at_++] % 32;
      break;
    default:
      if (!is_letter_or_digit(letter)) return letter;
  }
  refuse(letter >= U'1' && letter <= U'9' ? "refers back to a group, which is not supported"
                                          : "has an escape that ECMA 262 does not know");
  return 0;
}

char32_t PatternParser::hex(std::size_t digits) {
  char32_t out = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char32_t c = is_at_end() ? U' ' : text_[at_++];
    const char32_t lower = c | 32;
    if (c >= U'0' && c <= U'9') {
      out = out * 16 + (c - U'0');
    } else if (lower >= U'a' && lower <= U'f') {
      out = out * 16 + (lower - U'a' + 10);
    } else {
      refuse("has an escape that lacks its hexadecimal digits");
    }
  }
  return out;
}

char32_t PatternParser::unicode_escape() {
  if (take(U'{')) {
    char32_t out = 0;
    while (!is_at_end() && peek() != U'}' && out <= 0x10FFFF) out = out * 16 + hex(1);
    if (!take(U'}') || out > 0x10FFFF) refuse("has an escape that is no Unicode character");
    return out;
  }
  const char32_t high = hex(4);
  if (high < 0xD800 || high > 0xDBFF || at_ + 1 >= text_.size() || text_[at_] != U'\\' || text_[at_ + 1] != U'u') {
    return high;
  }
  const std::size_t after_high = at_;
  at_ += 2;
  const char32_t low = hex(4);
  if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  at_ = after_high;
  return high;
}

PatternParser::Index PatternParser::bracket() {
  CharacterSet set;
  set.is_negated = take(U'^');
  while (!is_at_end() && peek() != U']') {
    const auto first = bracket_member(set);
    const bool is_range = peek() == U'-' && at_ + 1 < text_.size() && text_[at_ + 1] != U']';
    if (!first) continue;
    if (!is_range) {
      set.ranges.emplace_back(*first, *first);
      continue;
    }
    ++at_;
    const auto last = bracket_member(set);
    if (!last || *last < *first) return refuse("has a range in brackets whose ends are reversed or no characters");
    set.ranges.emplace_back(*first, *last);
  }
  if (!take(U']')) return refuse("has a \"[\" without its \"]\"");
  return set_leaf(std::move(set));
}

std::optional<char32_t> PatternParser::bracket_member(CharacterSet& set) {
  const char32_t character = text_[at_++];
  if (character != U'\\' || is_at_end()) return character;
  const char32_t letter = text_[at_++];
  if (const auto inner = class_escape(letter)) {
    set.ranges.insert(set.ranges.end(), inner->ranges.begin(), inner->ranges.end());
    return std::nullopt;
  }
  return letter == U'b' ? U'\b' : character_escape(letter);
}

}  // namespace tomada::schema
