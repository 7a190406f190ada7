#include "core/registry/catalogue.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <tuple>

namespace tomada::registry {

Result<Catalogue> Catalogue::of(std::vector<std::shared_ptr<Tool>> tools) {
  Catalogue out;
  out.tools_ = std::move(tools);
  std::sort(out.tools_.begin(), out.tools_.end(),
            [](const auto& a, const auto& b) { return a->description().name < b->description().name; });
  for (std::size_t i = 0; i < out.tools_.size(); ++i) {
    const auto& description = out.tools_[i]->description();
    if (i > 0 && out.tools_[i - 1]->description().name == description.name) {
      return failure(
          ErrorCode::configuration, text::concat({"two plugins offer the tool \"", description.name, "\""}),
          text::concat({"plugin.", out.tools_[i - 1]->description().plugin, " and plugin.", description.plugin}),
          "give one of them a prefix");
    }
    out.index_.emplace(description.name, i);
  }
  return out;
}

bool Catalogue::lists_the_same_as(const Catalogue& other) const {
  const auto shown = [](const ToolDescription& one) {
    return std::tie(one.name, one.title, one.description, one.input_schema, one.output_schema, one.meta,
                    one.annotations);
  };
  return std::equal(tools_.begin(), tools_.end(), other.tools_.begin(), other.tools_.end(),
                    [&](const auto& a, const auto& b) { return shown(a->description()) == shown(b->description()); });
}

std::shared_ptr<Tool> Catalogue::find(std::string_view name) const noexcept {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : tools_[found->second];
}

}  // namespace tomada::registry
