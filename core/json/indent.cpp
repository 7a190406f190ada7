#include "core/json/indent.hpp"

namespace tomada::json {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::size_t end_of_string(std::string_view text, std::size_t at) {  // at: the opening quote
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at + 1;
}

std::size_t end_of_token(std::string_view text, std::size_t at) {
  if (text[at] == '"') return end_of_string(text, at);
  const auto end = text.find_first_of(" \t\r\n,:]}", at);
  return end == std::string_view::npos ? text.size() : end;
}

void new_line(std::string& out, std::size_t depth) { out.append("\n").append(2 * depth, ' '); }

}  // namespace

std::string indented(std::string_view text) {
  std::string out;
  std::size_t depth = 0;
  for (auto at = text.find_first_not_of(blanks); at < text.size(); at = text.find_first_not_of(blanks, at)) {
    const char c = text[at];
    const bool is_empty_block = !out.empty() && (out.back() == '{' || out.back() == '[');
    if (c == '}' || c == ']') {
      --depth;
      if (!is_empty_block) new_line(out, depth);
    } else if (is_empty_block || (!out.empty() && out.back() == ',')) {
      new_line(out, depth);
    }
    if (c == '{' || c == '[') ++depth;
    const bool is_mark = std::string_view{"{}[],:"}.find(c) != std::string_view::npos;
    const auto end = is_mark ? at + 1 : end_of_token(text, at);
    out.append(text.substr(at, end - at)).append(c == ':' ? " " : "");
    at = end;
  }
  return out;
}

}  // namespace tomada::json
