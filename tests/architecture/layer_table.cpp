#include "layer_table.hpp"

#include "source_tree.hpp"

#include <regex>
#include <sstream>
#include <stdexcept>

namespace tomada::architecture {

LayerTable::LayerTable(std::string_view readme) {
  static const std::regex row{R"(^\|\s*([a-z_/]+)\s*\|[^|]*\|\s*([a-z_/ *]*?)\s*\|\s*$)"};
  for (const auto& line : lines_of(readme)) {
    std::smatch match;
    if (!std::regex_match(line, match, row) || match[1] == "folder") continue;
    std::istringstream names{match[2]};
    auto& allowed = lines_[match[1]];
    for (std::string name; names >> name;) allowed.insert(name);
  }
  if (lines_.empty()) throw std::runtime_error("core/README.md holds no table of folders");
}

bool LayerTable::may_include(const std::string& folder, const std::string& other) const {
  if (folder == other || other == "base" || other == "json") return true;
  const auto line = lines_.find(folder);
  if (line == lines_.end()) return false;
  return line->second.contains("*") || line->second.contains(other);
}

std::optional<std::string> layer_of(std::string_view path) {
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view top = path.substr(0, slash);
  if (top != "core" && top != "transports") return std::string{top};
  const auto end = path.find('/', slash + 1);
  if (end == std::string_view::npos) return std::string{top};
  return std::string{top == "core" ? path.substr(slash + 1, end - slash - 1) : path.substr(0, end)};
}

}  // namespace tomada::architecture
