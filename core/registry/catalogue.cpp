#include "core/registry/catalogue.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace tomada::registry {
namespace {

const std::string& key(const TargetDescription& one) noexcept { return one.name; }
const std::string& key(const ResourceDescription& one) noexcept { return one.uri; }

constexpr auto by_key = [](const auto& a, const auto& b) { return key(a->description()) < key(b->description()); };

constexpr auto lists_same = [](const auto& a, const auto& b) {
  return a->description().listing == b->description().listing;
};

template <class Item>
Result<void> sort(std::vector<std::shared_ptr<Item>>& items, std::string_view hint) {
  std::sort(items.begin(), items.end(), by_key);
  const auto is_same = [](const auto& a, const auto& b) { return key(a->description()) == key(b->description()); };
  const auto twin = std::adjacent_find(items.begin(), items.end(), is_same);
  if (twin == items.end()) return {};
  const auto &one = (*twin)->description(), &other = (*std::next(twin))->description();
  return failure(ErrorCode::configuration,
                 text::concat({"two plugins offer the ", name(one.kind), " \"", key(one), "\""}),
                 text::concat({"plugin.", one.plugin, " and plugin.", other.plugin}), std::string{hint});
}

template <class Item>
std::shared_ptr<Item> find_in(const std::vector<std::shared_ptr<Item>>& items, std::string_view wanted) noexcept {
  const auto is_before = [](const auto& item, std::string_view name) { return key(item->description()) < name; };
  const auto found = std::lower_bound(items.begin(), items.end(), wanted, is_before);
  return found != items.end() && key((*found)->description()) == wanted ? *found : nullptr;
}

template <class Item>
bool any_completes(const std::vector<std::shared_ptr<Item>>& items) {
  return std::any_of(items.begin(), items.end(), [](const auto& item) { return item->completer() != nullptr; });
}

}  // namespace

std::string_view name(TargetKind kind) noexcept {
  switch (kind) {
    case TargetKind::tool:
      return "tool";
    case TargetKind::prompt:
      return "prompt";
    case TargetKind::resource:
      return "resource";
    case TargetKind::completion:
      return "completion";
  }
  return "tool";
}

Result<Catalogue> Catalogue::of(Tools tools, Prompts prompts, Resources resources) {
  Catalogue out;
  out.tools_ = std::move(tools);
  out.prompts_ = std::move(prompts);
  const auto is_fixed = [](const auto& resource) { return !resource->description().uri_template; };
  const auto templates = std::stable_partition(resources.begin(), resources.end(), is_fixed);
  out.templates_.assign(std::make_move_iterator(templates), std::make_move_iterator(resources.end()));
  resources.erase(templates, resources.end());
  out.resources_ = std::move(resources);
  constexpr std::string_view prefix = "give one of them a prefix", uri = "turn one of them off, or change its URIs";
  if (const auto sorted = sort(out.tools_, prefix); !sorted) return sorted.error();
  if (const auto sorted = sort(out.prompts_, prefix); !sorted) return sorted.error();
  if (const auto sorted = sort(out.resources_, uri); !sorted) return sorted.error();
  if (const auto sorted = sort(out.templates_, uri); !sorted) return sorted.error();
  for (std::size_t i = 0; i < out.tools_.size(); ++i) out.index_.emplace(out.tools_[i]->description().name, i);
  const auto may_be_task = [](const auto& tool) { return tool->description().task.has_value(); };
  out.has_tasks_ = std::any_of(out.tools_.begin(), out.tools_.end(), may_be_task);
  out.completes_ = any_completes(out.prompts_) || any_completes(out.templates_);
  return out;
}

bool Catalogue::lists_same_tools_as(const Catalogue& other) const {
  const auto shown = [](const ToolDescription& one) {
    return std::tie(one.name, one.title, one.description, one.input_schema, one.output_schema, one.meta,
                    one.annotations);
  };
  return std::equal(tools_.begin(), tools_.end(), other.tools_.begin(), other.tools_.end(),
                    [&](const auto& a, const auto& b) { return shown(a->description()) == shown(b->description()); });
}

bool Catalogue::lists_same_prompts_as(const Catalogue& other) const {
  return std::equal(prompts_.begin(), prompts_.end(), other.prompts_.begin(), other.prompts_.end(), lists_same);
}

bool Catalogue::lists_same_resources_as(const Catalogue& other) const {
  return std::equal(resources_.begin(), resources_.end(), other.resources_.begin(), other.resources_.end(),
                    lists_same) &&
         std::equal(templates_.begin(), templates_.end(), other.templates_.begin(), other.templates_.end(), lists_same);
}

std::shared_ptr<Tool> Catalogue::find(std::string_view name) const noexcept {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : tools_[found->second];
}

std::shared_ptr<Prompt> Catalogue::find_prompt(std::string_view name) const noexcept { return find_in(prompts_, name); }

std::shared_ptr<Resource> Catalogue::find_resource(std::string_view uri) const {
  if (auto found = find_in(resources_, uri)) return found;
  for (const auto& one : templates_) {
    if (one->description().uri_template->match(uri)) return one;
  }
  return nullptr;
}

std::shared_ptr<Resource> Catalogue::find_template(std::string_view text) const noexcept {
  return find_in(templates_, text);
}

bool is_same(const std::weak_ptr<const Catalogue>& kept, const std::shared_ptr<const Catalogue>& now) {
  return !kept.owner_before(now) && !now.owner_before(kept);
}

}  // namespace tomada::registry
