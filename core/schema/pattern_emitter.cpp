#include "core/schema/pattern_parser.hpp"

// The part of the parser that turns the expression into steps; a repetition is its body written as often as it says.
namespace tomada::schema {

PatternParser::Index PatternParser::put(Pattern::Step step) {
  if (steps_.size() >= most_steps) {
    refuse("is too large; use maxLength or maxItems for long repetitions");
    return 0;
  }
  steps_.push_back(step);
  return static_cast<Index>(steps_.size() - 1);
}

void PatternParser::emit(Index index) {
  if (++emitted_ > 16 * most_steps) refuse("repeats its repetitions too often");  // "((){99}){99}" has no steps
  if (!problem_.empty()) return;
  const Tree tree = trees_[index];  // a copy: refusing adds to trees_
  switch (tree.shape) {
    case Shape::step:
      put(tree.step);
      return;
    case Shape::sequence:
      for (const Index part : tree.parts) emit(part);
      return;
    case Shape::choice:
      emit_choice(tree);
      return;
    case Shape::repeat:
      emit_repeat(tree);
      return;
    case Shape::look:
      emit_look(tree);
      return;
  }
}

void PatternParser::emit_choice(const Tree& tree) {
  std::vector<Index> exits;
  for (std::size_t i = 0; i < tree.parts.size() && problem_.empty(); ++i) {
    const bool is_last = i + 1 == tree.parts.size();
    const Index fork = is_last ? 0 : put({Code::fork});
    if (!problem_.empty()) return;
    if (!is_last) steps_[fork].first = fork + 1;
    emit(tree.parts[i]);
    if (is_last || !problem_.empty()) continue;
    exits.push_back(put({Code::jump}));
    steps_[fork].second = static_cast<Index>(steps_.size());
  }
  if (!problem_.empty()) return;
  for (const Index exit : exits) steps_[exit].first = static_cast<Index>(steps_.size());
}

void PatternParser::emit_repeat(const Tree& tree) {
  const Index body = tree.parts.front();
  for (std::size_t i = 0; i < tree.least && problem_.empty(); ++i) emit(body);
  if (tree.most == unbounded) {
    const Index fork = put({Code::fork});
    emit(body);
    put({Code::jump, fork});
    if (problem_.empty()) steps_[fork] = {Code::fork, fork + 1, static_cast<Index>(steps_.size())};
    return;
  }
  std::vector<Index> forks;
  for (std::size_t i = tree.least; i < tree.most && problem_.empty(); ++i) {
    forks.push_back(put({Code::fork}));
    emit(body);
  }
  if (!problem_.empty()) return;
  for (const Index fork : forks) steps_[fork] = {Code::fork, fork + 1, static_cast<Index>(steps_.size())};
}

void PatternParser::emit_look(const Tree& tree) {
  const Index look = put(tree.step);
  emit(tree.parts.front());
  put({Code::match});
  if (problem_.empty()) steps_[look] = {tree.step.code, look + 1, static_cast<Index>(steps_.size())};
}

}  // namespace tomada::schema
