#pragma once
// SourceTree: the repository's own source files as text, read once.
#include <string>
#include <string_view>
#include <vector>

namespace tomada::architecture {

struct SourceFile {
  std::string path;  // from the repository's root: "core/json/reader.cpp"
  std::string text;
};

struct Include {
  std::string target;  // what stands between the quotes or brackets; empty: a macro
  bool is_quoted = false;
  int line = 0;
};

[[nodiscard]] std::string read_file(const std::string& path);  // from the repository's root; throws when it is missing
[[nodiscard]] bool exists(const std::string& path);
[[nodiscard]] std::vector<std::string> folders_in(const std::string& path);
[[nodiscard]] std::vector<SourceFile> source_files();  // C, C++, JavaScript, CMake and shell of the repository

[[nodiscard]] bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
[[nodiscard]] std::vector<Include> includes_of(std::string_view text);

// C++ text with comments gone and the contents of literals emptied; line breaks stay, so positions keep their lines.
[[nodiscard]] std::string code_only(std::string_view text);

}  // namespace tomada::architecture
