#include "core/schema/pattern_parser.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <tuple>

namespace tomada::schema {
namespace {

constexpr std::size_t deepest_group = 64;

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = std::max<std::size_t>(1, text::utf8_sequence(text, at));
    char32_t code = static_cast<unsigned char>(text[at]) & (size == 1 ? 0x7Fu : 0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    out.push_back(code);
    at += size;
  }
  return out;
}

}  // namespace

PatternParser::PatternParser(std::string_view source) : text_{code_points(source)} {}

bool PatternParser::parse() {
  const Index root = choice(0);
  if (problem_.empty() && at_ < text_.size()) refuse("has a \")\" without its \"(\"");
  if (problem_.empty()) {
    emit(root);
    put({Code::match});
  }
  return problem_.empty();
}

bool PatternParser::take(char32_t character) noexcept {
  if (is_at_end() || text_[at_] != character) return false;
  ++at_;
  return true;
}

PatternParser::Index PatternParser::refuse(std::string problem) {
  if (problem_.empty()) problem_ = std::move(problem);
  return add({});
}

PatternParser::Index PatternParser::add(Tree tree) {
  trees_.push_back(std::move(tree));
  return static_cast<Index>(trees_.size() - 1);
}

PatternParser::Index PatternParser::leaf(Code code, Index first) {
  Tree out;
  out.shape = Shape::step;
  out.step = {code, first, 0};
  return add(std::move(out));
}

PatternParser::Index PatternParser::set_leaf(CharacterSet set) {
  set.settle();
  sets_.push_back(std::move(set));
  return leaf(Code::set, static_cast<Index>(sets_.size() - 1));
}

PatternParser::Index PatternParser::choice(std::size_t depth) {
  if (depth > deepest_group) return refuse("nests its groups too deeply");
  Tree out;
  out.shape = Shape::choice;
  out.parts.push_back(sequence(depth));
  while (take(U'|')) out.parts.push_back(sequence(depth));
  return out.parts.size() == 1 ? out.parts.front() : add(std::move(out));
}

PatternParser::Index PatternParser::sequence(std::size_t depth) {
  Tree out;
  while (!is_at_end() && peek() != U'|' && peek() != U')') out.parts.push_back(repeated(atom(depth)));
  return add(std::move(out));
}

PatternParser::Index PatternParser::atom(std::size_t depth) {
  const char32_t character = text_[at_++];
  switch (character) {
    case U'^':
      return leaf(Code::begin);
    case U'$':
      return leaf(Code::end);
    case U'.':
      return set_leaf({{{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}}, true});
    case U'(':
      return group(depth);
    case U'[':
      return bracket();
    case U'\\':
      return escape();
    case U'*':
    case U'+':
    case U'?':
      return refuse("has a quantifier with nothing before it");
    default:
      return leaf(Code::character, character);
  }
}

PatternParser::Index PatternParser::group(std::size_t depth) {
  Tree look;
  look.shape = Shape::look;
  bool is_look = false;
  if (take(U'?')) {
    is_look = peek() == U'=' || peek() == U'!';
    look.step.code = peek() == U'!' ? Code::look_nowhere : Code::look;
    if (is_look || peek() == U':') {
      ++at_;
    } else if (take(U'<') && peek() != U'=' && peek() != U'!') {  // a name, which nobody asks for
      while (!is_at_end() && peek() != U'>') ++at_;
      take(U'>');
    } else {
      return refuse("looks behind or uses an unknown kind of group");
    }
  }
  const Index inside = choice(depth + 1);
  if (!take(U')')) return refuse("has a \"(\" without its \")\"");
  if (!is_look) return inside;
  look.parts.push_back(inside);
  return add(std::move(look));
}

PatternParser::Index PatternParser::repeated(Index part) {
  Tree out;
  out.shape = Shape::repeat;
  out.most = unbounded;
  if (take(U'*')) {
    out.least = 0;
  } else if (take(U'+')) {
    out.least = 1;
  } else if (take(U'?')) {
    out.most = 1;
  } else if (const auto range = counts()) {
    std::tie(out.least, out.most) = *range;
    if (out.least > out.most) return refuse("has a quantifier whose bounds are reversed");
  } else {
    return part;
  }
  take(U'?');  // lazy or greedy: the same texts match
  out.parts.push_back(part);
  return add(std::move(out));
}

std::size_t PatternParser::number() noexcept {
  std::size_t out = 0;
  for (; !is_at_end() && peek() >= U'0' && peek() <= U'9'; ++at_)
    out = std::min(out * 10 + (peek() - U'0'), most_steps + 1);
  return out;
}

std::optional<std::pair<std::size_t, std::size_t>> PatternParser::counts() {
  const std::size_t start = at_;
  if (!take(U'{')) return std::nullopt;
  const std::size_t digits = at_;
  const std::size_t least = number();
  const bool has_least = at_ > digits;
  std::size_t most = least;
  if (take(U',')) {
    const std::size_t second = at_;
    most = number();
    if (at_ == second) most = unbounded;
  }
  if (has_least && take(U'}')) return std::pair{least, most};
  at_ = start;  // an ordinary brace
  return std::nullopt;
}

}  // namespace tomada::schema
