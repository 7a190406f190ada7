#include "source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace tomada::architecture {
namespace {

namespace fs = std::filesystem;

fs::path root() { return TOMADA_SOURCE_DIR; }

bool is_source(const fs::path& path) {
  if (path.filename() == "CMakeLists.txt") return true;
  return ends_with_any(path.string(), {".cpp", ".hpp", ".h", ".c", ".mjs", ".js", ".cmake", ".sh"});
}

void collect(const fs::path& folder, std::vector<SourceFile>& found) {
  for (auto entry = fs::recursive_directory_iterator{folder}; entry != fs::recursive_directory_iterator{}; ++entry) {
    if (entry->is_directory() && entry->path().filename() == "node_modules") entry.disable_recursion_pending();
    if (!entry->is_regular_file() || !is_source(entry->path())) continue;
    const std::string path = fs::relative(entry->path(), root()).generic_string();
    found.push_back({path, read_file(path)});
  }
}

// Reads past one literal or comment; appends what code_only keeps of it.
class Skipper final {
 public:
  explicit Skipper(std::string_view text) : text_{text} {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    if (starts("//")) return until("\n", false);
    if (starts("/*")) return until("*/", true);
    if (starts("R\"") && !follows_word()) return raw_string();
    if (text_[at_] == '"') return quoted('"');
    if (text_[at_] == '\'' && !follows_word()) return quoted('\'');
    out_ += text_[at_++];
  }

  [[nodiscard]] bool starts(std::string_view token) const { return text_.substr(at_, token.size()) == token; }
  [[nodiscard]] bool follows_word() const {  // 1'000 and u8R"…" are not the start of a literal
    return at_ > 0 && (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
  }

  void until(std::string_view end, bool is_consumed) {
    const auto found = std::min(text_.find(end, at_ + 2), text_.size());
    keep_line_breaks(found);
    if (is_consumed) at_ = std::min(at_ + end.size(), text_.size());
  }

  void raw_string() {
    const auto open = text_.find('(', at_);
    const std::string close = ")" + std::string{text_.substr(at_ + 2, open - at_ - 2)} + "\"";
    const auto end = std::min(text_.find(close, open), text_.size());
    out_ += "\"\"";
    keep_line_breaks(std::min(end + close.size(), text_.size()));
  }

  void quoted(char mark) {
    out_.append(2, mark);
    for (++at_; at_ < text_.size() && text_[at_] != mark; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  void keep_line_breaks(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] == '\n') out_ += '\n';
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream file{root() / path, std::ios::binary};
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>{file}, {}};
}

bool exists(const std::string& path) { return fs::exists(root() / path); }

std::vector<std::string> folders_in(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{root() / path}) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<SourceFile> source_files() {
  std::vector<SourceFile> found;
  for (const char* folder : {"core", "transports", "plugins", "schemas", "tests", "examples"}) {
    collect(root() / folder, found);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return found;
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return path.ends_with(ending); });
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string{text}};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex pattern{R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re"};
  static const std::regex directive{R"(^\s*#\s*include\b)"};
  const auto lines = lines_of(text), code = lines_of(code_only(text));  // a program inside a literal includes nothing
  std::vector<Include> includes;
  for (std::size_t at = 0; at < std::min(lines.size(), code.size()); ++at) {
    std::smatch match;
    if (!std::regex_search(code[at], directive)) continue;
    const bool is_literal = std::regex_search(lines[at], match, pattern);
    includes.push_back({is_literal ? match[2].str() : "", is_literal && match[1] == "\"", static_cast<int>(at) + 1});
  }
  return includes;
}

std::string code_only(std::string_view text) { return Skipper{text}.run(); }

}  // namespace tomada::architecture
