#pragma once
// Document: a TOML file as a JSON value that remembers the line of every key. toml.cpp alone sees toml++.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::config {

struct Document {
  std::string source;  // file name as the operator gave it
  json::object root;
  std::map<std::string, int, std::less<>> lines;            // by JSON pointer
  std::map<std::string, std::string, std::less<>> written;  // by JSON pointer: the text before ${…} was replaced
  std::set<std::string, std::less<>> unresolved;            // pointers whose ${…} had no value

  [[nodiscard]] bool names(std::string_view pointer) const {
    return lines.contains(pointer);
  }  // does the file have it?
  [[nodiscard]] std::string where(
      std::string_view pointer) const;  // "tomada.toml:12": its line or its nearest parent's
};

[[nodiscard]] Result<Document> read_toml(std::string_view text, std::string_view source);
// Errors: configuration, where = "tomada.toml:12".

[[nodiscard]] Result<std::string> read_file(const std::string& path);
// Errors: configuration, where = path, message = the system's reason ("No such file or directory").

[[nodiscard]] std::string child(std::string_view pointer, std::string_view key);  // escapes '~' and '/'
[[nodiscard]] std::vector<std::string> tokens(std::string_view pointer);          // unescaped
[[nodiscard]] std::string dotted(std::string_view pointer);                       // "/http/listen" as "http.listen"

}  // namespace tomada::config
