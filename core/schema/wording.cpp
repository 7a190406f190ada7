#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/schema/equality.hpp"
#include "core/schema/report.hpp"

#include <algorithm>

// The words of a report. They are for someone who sees the message and the argument, not the schema.
namespace tomada::schema {
namespace {

constexpr std::size_t longest_text = 60;
constexpr std::size_t most_choices = 12;

constexpr std::pair<Index, std::string_view> type_words[] = {
    {type::null, "null"},       {type::boolean, "true or false"}, {type::integer, "an integer"},
    {type::number, "a number"}, {type::string, "a string"},       {type::array, "an array"},
    {type::object, "an object"}};

std::string quoted(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

std::string shortened(const json::value& value) {
  std::string out = json::text(value);
  if (out.size() > longest_text) out = std::string{text::prefix(out, longest_text)}.append("…");
  return out;
}

std::string type_list(Index bits) {
  std::vector<std::string> words;
  for (const auto& [bit, word] : type_words) {
    const bool is_implied = bit == type::integer && (bits & type::number) != 0;
    if ((bits & bit) != 0 && !is_implied) words.emplace_back(word);
  }
  return text::join(words, " or ");
}

std::string choice_list(const Program& program, Index first, Index last) {
  std::vector<std::string> words;
  for (Index i = first; i < last && words.size() < most_choices; ++i) words.push_back(shortened(program.values[i]));
  std::string out = text::join(words, ", ");
  if (last - first > most_choices) out.append(", …");
  return last - first == 1 ? out : "one of " + out;
}

std::string counted(std::string_view bound, Index count, std::string_view one, std::string_view many) {
  return text::concat({bound, " ", std::to_string(count), " ", count == 1 ? one : many});
}

std::string missing_names(const Program& program, Index first, Index last, const json::object& members) {
  std::vector<std::string> missing;
  for (Index i = first; i < last; ++i) {
    if (!json::find(members, program.names[i])) missing.push_back(quoted(program.names[i]));
  }
  return (missing.size() == 1 ? "the property " : "the properties ") + text::join(missing, ", ");
}

std::string_view format_words(Index format) noexcept {
  switch (static_cast<Format>(format)) {
    case Format::date:
      return "a date such as \"2026-01-31\"";
    case Format::date_time:
      return "a date and time such as \"2026-01-31T09:30:00Z\"";
    case Format::email:
      return "an e-mail address";
    case Format::uri:
      return "an absolute URI";
    case Format::ipv4:
      return "an IPv4 address";
    case Format::ipv6:
      return "an IPv6 address";
  }
  return "another format";
}

std::string size_expectation(const Instruction& instruction) {
  const Index count = instruction.first;
  switch (instruction.operation) {
    case Operation::minimum_length:
      return counted("at least", count, "character", "characters");
    case Operation::maximum_length:
      return counted("at most", count, "character", "characters");
    case Operation::minimum_elements:
      return counted("at least", count, "element", "elements");
    case Operation::maximum_elements:
      return counted("at most", count, "element", "elements");
    case Operation::minimum_members:
      return counted("at least", count, "property", "properties");
    case Operation::maximum_members:
      return counted("at most", count, "property", "properties");
    case Operation::unique_elements:
      return "elements that all differ";
    default:
      return std::string{format_words(instruction.first)};
  }
}

std::string number_expectation(const Program& program, const Instruction& instruction) {
  std::string limit = shortened(program.values[instruction.first]);
  switch (instruction.operation) {
    case Operation::minimum:
      return "at least " + limit;
    case Operation::maximum:
      return "at most " + limit;
    case Operation::exclusive_minimum:
      return "more than " + limit;
    case Operation::exclusive_maximum:
      return "less than " + limit;
    case Operation::multiple_of:
      return "a multiple of " + limit;
    default:
      return limit;
  }
}

}  // namespace

std::string describe(const json::value& value) {
  if (const auto* list = value.if_array())
    return list->empty() ? "an empty array"
                         : counted("an array of", static_cast<Index>(list->size()), "element", "elements");
  if (const auto* members = value.if_object()) return members->empty() ? "an empty object" : "an object";
  return shortened(value);
}

std::string expectation(const Program& program, const Instruction& instruction, const json::value& instance) {
  const auto [operation, first, second] = instruction;
  switch (operation) {
    case Operation::never:
      return "nothing here";
    case Operation::type:
      return type_list(first);
    case Operation::choice:
      return choice_list(program, first, second);
    case Operation::constant:
    case Operation::minimum:
    case Operation::maximum:
    case Operation::exclusive_minimum:
    case Operation::exclusive_maximum:
    case Operation::multiple_of:
      return number_expectation(program, instruction);
    case Operation::pattern:
      return "a text that matches " + program.patterns[first].source();
    case Operation::required:
      return missing_names(program, first, second, instance.get_object());
    case Operation::dependent_required:
      return text::concat(
          {missing_names(program, first + 1, second, instance.get_object()), " beside ", quoted(program.names[first])});
    default:
      return size_expectation(instruction);
  }
}

std::string finding(const Instruction& instruction, const json::value& instance) {
  if (instruction.operation == Operation::required || instruction.operation == Operation::dependent_required) {
    return describe(instance) + " without";
  }
  const auto repetition =
      instruction.operation == Operation::unique_elements ? first_repetition(instance.get_array()) : std::nullopt;
  if (!repetition) return describe(instance);
  return text::concat({"the same at ", std::to_string(repetition->first), " and ", std::to_string(repetition->second)});
}

std::string known_members(const MemberRule& rule, std::string_view unknown) {
  std::vector<std::string> names, words;
  for (const auto& named : rule.named) {
    names.push_back(named.name);
    if (words.size() < most_choices) words.push_back(quoted(named.name));
  }
  if (names.empty()) return "no property";
  const std::string near = unknown.size() <= longest_text ? text::nearest(unknown, names) : std::string{};
  if (!near.empty()) return text::concat({"no property of this name (did you mean ", quoted(near), "?)"});
  if (names.size() > most_choices) words.emplace_back("…");
  return text::concat({"no property of this name (known: ", text::join(words, ", "), ")"});
}

}  // namespace tomada::schema
