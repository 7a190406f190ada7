#include "core/config/document.hpp"

#include "core/base/text.hpp"

namespace tomada::config {

std::string Document::where(std::string_view pointer) const {
  for (;;) {
    const auto found = lines.find(pointer);
    if (found != lines.end() && found->second > 0) return text::concat({source, ":", std::to_string(found->second)});
    if (pointer.empty()) return source;
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

std::string child(std::string_view pointer, std::string_view key) {
  std::string out{pointer};
  out.push_back('/');
  for (const char c : key) {
    if (c == '~')
      out.append("~0");
    else if (c == '/')
      out.append("~1");
    else
      out.push_back(c);
  }
  return out;
}

std::vector<std::string> tokens(std::string_view pointer) {
  std::vector<std::string> out;
  if (pointer.empty()) return out;
  for (const auto part : text::split(pointer.substr(1), '/')) {
    std::string token;
    for (std::size_t i = 0; i < part.size(); ++i) {
      const bool is_escape = part[i] == '~' && i + 1 < part.size();
      token.push_back(!is_escape ? part[i] : part[++i] == '1' ? '/' : '~');
    }
    out.push_back(std::move(token));
  }
  return out;
}

std::string dotted(std::string_view pointer) { return text::join(tokens(pointer), "."); }

}  // namespace tomada::config
