#include "core/protocol/splice.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <cmath>

namespace tomada::protocol {

// Inside a JSON string a line break is always escaped, so a raw one can only stand between tokens.
void splice(std::string& out, std::string_view json) {
  const std::size_t begin = out.size();
  out.append(json);
  if (json.find('\n') == std::string_view::npos && json.find('\r') == std::string_view::npos) return;
  const auto is_break = [](char letter) { return letter == '\n' || letter == '\r'; };
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), is_break, ' ');
}

std::string_view inside(std::string_view json) {
  json = text::trim(json);
  return json.size() < 2 ? std::string_view{} : text::trim(json.substr(1, json.size() - 2));
}

void splice_members(std::string& out, std::string_view json) {
  json = inside(json);
  if (json.empty()) return;
  out.push_back(',');
  splice(out, json);
}

void write_member(std::string& out, std::string_view name, std::string_view text) {
  out.append(",\"").append(name).append("\":");
  json::write_string(out, text);
}

void write_number(std::string& out, double number) {
  constexpr double exact = 9007199254740992.0;
  const bool is_whole = std::abs(number) < exact && std::trunc(number) == number;
  if (is_whole) {
    out.append(std::to_string(static_cast<long long>(number)));
    return;
  }
  json::write(out, json::value(number));
}

}  // namespace tomada::protocol
