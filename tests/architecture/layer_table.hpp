#pragma once
// LayerTable: the table of core/README.md as a rule that can be asked.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tomada::architecture {

class LayerTable final {
 public:
  explicit LayerTable(std::string_view readme);  // throws when the text holds no table

  [[nodiscard]] bool knows(const std::string& folder) const { return lines_.contains(folder); }
  [[nodiscard]] bool may_include(const std::string& folder, const std::string& other) const;
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& lines() const { return lines_; }

 private:
  std::map<std::string, std::set<std::string>> lines_;
};

// The folder of the table that a file or a quoted include belongs to: "core/json/value.hpp" → "json",
// "transports/http/server.hpp" → "transports/http", "schemas/embedded.hpp" → "schemas". Nothing: a name without a
// folder.
[[nodiscard]] std::optional<std::string> layer_of(std::string_view path);

}  // namespace tomada::architecture
