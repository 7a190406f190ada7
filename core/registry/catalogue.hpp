#pragma once
// Catalogue: the immutable set of what plugins offer at one moment. Registry: publishes the current one.
#include "core/base/result.hpp"
#include "core/base/snapshot.hpp"
#include "core/registry/prompt.hpp"
#include "core/registry/resource.hpp"
#include "core/registry/tool.hpp"

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::registry {

using Tools = std::vector<std::shared_ptr<Tool>>;
using Prompts = std::vector<std::shared_ptr<Prompt>>;
using Resources = std::vector<std::shared_ptr<Resource>>;

class Catalogue final {
 public:
  Catalogue() = default;
  [[nodiscard]] static Result<Catalogue> of(Tools tools, Prompts prompts = {}, Resources resources = {});
  // Sorted by name, resources by URI. Errors: two of one kind and name, naming both plugins.

  [[nodiscard]] const Tools& tools() const noexcept { return tools_; }
  [[nodiscard]] const Prompts& prompts() const noexcept { return prompts_; }
  [[nodiscard]] const Resources& resources() const noexcept { return resources_; }
  [[nodiscard]] const Resources& templates() const noexcept { return templates_; }
  [[nodiscard]] bool completes() const noexcept { return completes_; }  // anything proposes values
  [[nodiscard]] bool has_tasks() const noexcept { return has_tasks_; }  // a call of a tool may become one

  [[nodiscard]] bool lists_same_tools_as(const Catalogue& other) const;  // to a client; the same of the other lists
  [[nodiscard]] bool lists_same_prompts_as(const Catalogue& other) const;
  [[nodiscard]] bool lists_same_resources_as(const Catalogue& other) const;

  // Null: unknown.
  [[nodiscard]] std::shared_ptr<Tool> find(std::string_view name) const noexcept;
  [[nodiscard]] std::shared_ptr<Prompt> find_prompt(std::string_view name) const noexcept;
  [[nodiscard]] std::shared_ptr<Resource> find_resource(std::string_view uri) const;
  // The resource of this URI, else the first template that it fits.
  [[nodiscard]] std::shared_ptr<Resource> find_template(std::string_view text) const noexcept;

 private:
  Tools tools_;
  Prompts prompts_;
  Resources resources_, templates_;
  std::unordered_map<std::string_view, std::size_t> index_;  // of tools; keys live in the tools
  bool completes_ = false;
  bool has_tasks_ = false;
};

[[nodiscard]] bool is_same(const std::weak_ptr<const Catalogue>& kept, const std::shared_ptr<const Catalogue>& now);
// Whether what was derived from the kept one still holds; one that has gone is no other's same.

using Registry = Snapshot<Catalogue>;

}  // namespace tomada::registry
