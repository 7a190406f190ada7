#pragma once
// Pattern: an ECMA 262 regular expression (Unicode mode) that takes time proportional to pattern times text, never
// more.
#include "core/base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::schema {

// A set of characters; ranges are inclusive, and rise once settled.
struct CharacterSet {
  std::vector<std::pair<char32_t, char32_t>> ranges;
  bool is_negated = false;
  std::array<std::uint64_t, 2> ascii{};  // made by settle()

  [[nodiscard]] bool contains(char32_t character) const noexcept;
  void settle();
};

class Pattern final {
 public:
  enum class Code : std::uint8_t {
    character,     // takes the character `first`
    set,           // takes a character of sets[first]
    fork,          // goes on at `first` and at `second`
    jump,          // goes on at `first`
    begin,         // passes at the start of the text
    end,           // passes at its end
    boundary,      // passes between a word character and another; first = 1: passes elsewhere
    look,          // passes when the program at `first` matches here; goes on at `second`
    look_nowhere,  // passes when it does not
    match
  };
  struct Step {
    Code code;
    std::uint32_t first = 0;
    std::uint32_t second = 0;
  };

  [[nodiscard]] static Result<Pattern> compile(std::string_view source);
  // Errors: invalid_argument. Back-references and look-behind are refused, because they cannot be had in linear time;
  // of Unicode's properties only \p{L}, \p{N} and \p{Nd} are known. A pattern of more than a few thousand steps
  // ("{1,5000}" counts 5000) is refused too.

  [[nodiscard]] bool matches(std::string_view text) const;  // anywhere in the text, unless anchored
  // A text so long that the work would exceed a fixed bound does not match.

  [[nodiscard]] const std::string& source() const noexcept { return source_; }

 private:
  friend class PatternRun;

  std::string source_;
  std::vector<Step> steps_;
  std::vector<CharacterSet> sets_;
};

}  // namespace tomada::schema
