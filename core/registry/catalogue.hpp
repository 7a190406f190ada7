#pragma once
// Catalogue: the immutable set of tools at one moment. Registry: publishes the current one.
#include "core/base/result.hpp"
#include "core/base/snapshot.hpp"
#include "core/registry/tool.hpp"

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::registry {

class Catalogue final {
 public:
  Catalogue() = default;
  [[nodiscard]] static Result<Catalogue> of(std::vector<std::shared_ptr<Tool>> tools);
  // Sorted by name. Errors: two tools of one name, naming both plugins.

  [[nodiscard]] const std::vector<std::shared_ptr<Tool>>& tools() const noexcept { return tools_; }
  [[nodiscard]] std::shared_ptr<Tool> find(std::string_view name) const noexcept;  // null: unknown
  [[nodiscard]] bool lists_the_same_as(const Catalogue& other) const;  // what a client would be shown of the tools

 private:
  std::vector<std::shared_ptr<Tool>> tools_;
  std::unordered_map<std::string_view, std::size_t> index_;  // keys live in the tools
};

using Registry = Snapshot<Catalogue>;

}  // namespace tomada::registry
