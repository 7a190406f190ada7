#pragma once
// PatternParser: a regular expression to the steps of its automaton.
#include "core/schema/pattern.hpp"

#include <limits>
#include <optional>

namespace tomada::schema {

class PatternParser final {
 public:
  explicit PatternParser(std::string_view source);

  [[nodiscard]] bool parse();  // false: problem() says why
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  [[nodiscard]] std::vector<Pattern::Step>& steps() noexcept { return steps_; }
  [[nodiscard]] std::vector<CharacterSet>& sets() noexcept { return sets_; }

 private:
  using Code = Pattern::Code;
  using Index = std::uint32_t;

  enum class Shape : std::uint8_t { step, sequence, choice, repeat, look };
  struct Tree {  // a node of the expression
    Shape shape = Shape::sequence;
    Pattern::Step step{Code::match, 0, 0};  // step: what to emit; look: look or look_nowhere
    std::vector<Index> parts;
    std::size_t least = 0, most = 0;  // repeat
  };
  static constexpr std::size_t most_steps = 4096;
  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] bool is_at_end() const noexcept { return at_ >= text_.size() || !problem_.empty(); }
  [[nodiscard]] char32_t peek() const noexcept { return at_ < text_.size() ? text_[at_] : U'\0'; }
  bool take(char32_t character) noexcept;
  Index refuse(std::string problem);

  Index add(Tree tree);
  Index leaf(Code code, Index first = 0);
  Index set_leaf(CharacterSet set);

  Index choice(std::size_t depth);
  Index sequence(std::size_t depth);
  Index atom(std::size_t depth);
  Index group(std::size_t depth);
  Index repeated(Index part);
  std::optional<std::pair<std::size_t, std::size_t>> counts();  // after '{'; nothing consumed when they are none
  std::size_t number() noexcept;

  Index escape();
  [[nodiscard]] std::optional<CharacterSet> class_escape(char32_t letter);
  CharacterSet property(bool is_negated);  // after \p
  char32_t character_escape(char32_t letter);
  char32_t hex(std::size_t digits);
  char32_t unicode_escape();
  Index bracket();
  std::optional<char32_t> bracket_member(CharacterSet& set);  // nothing: a class such as \d, already added

  void emit(Index tree);
  void emit_choice(const Tree& tree);
  void emit_repeat(const Tree& tree);
  void emit_look(const Tree& tree);
  Index put(Pattern::Step step);

  std::u32string text_;
  std::size_t at_ = 0;
  std::string problem_;
  std::size_t emitted_ = 0;
  std::vector<Tree> trees_;
  std::vector<Pattern::Step> steps_;
  std::vector<CharacterSet> sets_;
};

}  // namespace tomada::schema
