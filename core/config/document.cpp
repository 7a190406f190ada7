#include "core/config/document.hpp"

#include "core/base/text.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tomada::config {

std::string Document::where(std::string_view pointer) const {
  for (;;) {
    const auto found = lines.find(pointer);
    if (found != lines.end() && found->second > 0) return text::concat({source, ":", std::to_string(found->second)});
    if (pointer.empty()) return source;
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

Result<std::string> read_file(const std::string& path) {  // a stream would not say why, and throws for a folder
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string out;
  std::array<char, 16'384> block{};
  ssize_t size = file < 0 ? -1 : ::read(file, block.data(), block.size());
  for (; size > 0; size = ::read(file, block.data(), block.size()))
    out.append(block.data(), static_cast<std::size_t>(size));
  const int code = size < 0 ? errno : 0;
  if (file >= 0) ::close(file);
  if (code != 0) return failure(ErrorCode::configuration, std::generic_category().message(code), path);
  return out;
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
