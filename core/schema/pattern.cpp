#include "core/schema/pattern.hpp"

#include "core/base/text.hpp"
#include "core/schema/pattern_parser.hpp"

#include <algorithm>

// All threads of the automaton advance through the text together (Thompson's simulation), so that no pattern can make a
// text expensive; std::regex backtracks and recurses. Only "does it match" is asked: there are no captures.
namespace tomada::schema {
namespace {

constexpr std::uint32_t nowhere = static_cast<std::uint32_t>(-1);
constexpr std::size_t most_work = 10'000'000;  // thread steps for one text: some fifty milliseconds

struct Character {
  char32_t code = 0;
  std::size_t size = 0;  // bytes; 0: the text ends here
};

Character decode(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  const std::size_t size = text::utf8_sequence(text, at);
  if (size == 0) return {0xFFFD, 1};
  char32_t code = first & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  return {code, size};
}

bool is_word_byte(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return false;
  const char c = text[at];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

// One search; the lists are kept by the thread between searches.
class PatternRun {
 public:
  struct Lists {
    std::vector<std::uint32_t> current, next, pending;
    std::vector<std::size_t> seen;  // per step: the mark of the position at which it was last added
    std::size_t mark = 0;
  };

  PatternRun(const Pattern& pattern, std::string_view text, Lists& lists, std::size_t& work)
      : pattern_{pattern}, text_{text}, lists_{lists}, work_{work} {
    if (lists_.seen.size() < pattern_.steps_.size()) lists_.seen.resize(pattern_.steps_.size(), 0);
    lists_.current.clear();
  }

  bool search(std::uint32_t entry, std::size_t at, bool is_anchored) {
    begin_position();
    if (add(lists_.current, entry, at)) return true;
    for (Character character; (character = decode(text_, at)).size > 0;) {
      if (work_ > most_work || (lists_.current.empty() && is_anchored)) return false;
      at += character.size;
      lists_.next.clear();
      begin_position();
      for (const std::uint32_t step : lists_.current) {
        if (takes(pattern_.steps_[step], character.code) && add(lists_.next, step + 1, at)) return true;
      }
      if (!is_anchored && add(lists_.next, entry, at)) return true;
      lists_.current.swap(lists_.next);
    }
    return false;
  }

 private:
  void begin_position() { ++lists_.mark; }

  [[nodiscard]] bool takes(const Pattern::Step& step, char32_t character) const {
    return step.code == Pattern::Code::character ? step.first == character
                                                 : pattern_.sets_[step.first].contains(character);
  }

  // Adds the steps reachable from here without a character; true: one of them is the match.
  bool add(std::vector<std::uint32_t>& list, std::uint32_t entry, std::size_t at) {
    lists_.pending.clear();
    for (std::uint32_t index = entry; index != nowhere; index = follow(list, index, at)) {
      if (pattern_.steps_[index].code == Pattern::Code::match) return true;
    }
    return false;
  }

  // Where to go on from a step without taking a character; nowhere: all is added.
  std::uint32_t follow(std::vector<std::uint32_t>& list, std::uint32_t index, std::size_t at) {
    const bool is_new = lists_.seen[index] != lists_.mark;
    lists_.seen[index] = lists_.mark;
    ++work_;
    const Pattern::Step& step = pattern_.steps_[index];
    switch (is_new ? step.code : Pattern::Code::match) {
      case Pattern::Code::match:
        return next_pending();
      case Pattern::Code::fork:
        lists_.pending.push_back(step.second);
        return step.first;
      case Pattern::Code::jump:
        return step.first;
      case Pattern::Code::character:
      case Pattern::Code::set:
        list.push_back(index);
        return next_pending();
      case Pattern::Code::look:
      case Pattern::Code::look_nowhere:
        return looks(step.first, at) == (step.code == Pattern::Code::look) ? step.second : next_pending();
      default:
        return stands(step, at) ? index + 1 : next_pending();
    }
  }

  std::uint32_t next_pending() {
    if (lists_.pending.empty()) return nowhere;
    const std::uint32_t out = lists_.pending.back();
    lists_.pending.pop_back();
    return out;
  }

  [[nodiscard]] bool stands(const Pattern::Step& step, std::size_t at) const noexcept {
    if (step.code == Pattern::Code::begin) return at == 0;
    if (step.code == Pattern::Code::end) return at == text_.size();
    const bool is_boundary = (at > 0 && is_word_byte(text_, at - 1)) != is_word_byte(text_, at);
    return is_boundary == (step.first == 0);
  }

  bool looks(std::uint32_t entry, std::size_t at) {
    Lists own;
    work_ += pattern_.steps_.size();
    return PatternRun{pattern_, text_, own, work_}.search(entry, at, true);
  }

  const Pattern& pattern_;
  const std::string_view text_;
  Lists& lists_;
  std::size_t& work_;
};

bool CharacterSet::contains(char32_t character) const noexcept {
  if (character < 128) return (ascii[character / 64] >> (character % 64) & 1) != 0;
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), character,
                                      [](char32_t wanted, const auto& range) { return wanted < range.first; });
  const bool is_listed = after != ranges.begin() && character <= std::prev(after)->second;
  return is_listed != is_negated;
}

// Sorted and merged, so that contains() can search; ASCII is looked up in a table.
void CharacterSet::settle() {
  std::sort(ranges.begin(), ranges.end());
  std::vector<std::pair<char32_t, char32_t>> merged;
  for (const auto& range : ranges) {
    if (!merged.empty() && range.first <= merged.back().second) {
      merged.back().second = std::max(merged.back().second, range.second);
    } else {
      merged.push_back(range);
    }
  }
  ranges = std::move(merged);
  ascii = {};
  for (char32_t character = 0; character < 128; ++character) {
    const auto is_inside = [character](const auto& range) {
      return character >= range.first && character <= range.second;
    };
    const bool is_listed = std::any_of(ranges.begin(), ranges.end(), is_inside);
    if (is_listed != is_negated) ascii[character / 64] |= std::uint64_t{1} << (character % 64);
  }
}

Result<Pattern> Pattern::compile(std::string_view source) {
  PatternParser parser{source};
  if (!parser.parse()) {
    return failure(ErrorCode::invalid_argument,
                   text::concat({"the pattern \"", text::prefix(source, 80), "\" ", parser.problem()}));
  }
  Pattern out;
  out.source_ = std::string{source};
  out.steps_ = std::move(parser.steps());
  out.sets_ = std::move(parser.sets());
  return out;
}

bool Pattern::matches(std::string_view text) const {
  static thread_local PatternRun::Lists lists;
  std::size_t work = 0;
  return PatternRun{*this, text, lists, work}.search(0, 0, false);
}

}  // namespace tomada::schema
