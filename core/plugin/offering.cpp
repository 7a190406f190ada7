#include "core/plugin/offering.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <type_traits>
#include <utility>

namespace tomada::plugin {
namespace {

// The upstream whose account the answers depend on, as far as the host can know.
std::string account_of(const InstanceRequest& request) {
  const auto* upstream = json::find_string(request.settings, "upstream");
  return upstream ? text::concat({request.instance, "@", json::view(*upstream)}) : request.instance;
}

template <class Item>
const char* key_of(const Item& item) noexcept {
  return item.name;
}
const char* key_of(const tomada_resource& item) noexcept { return item.uri; }

// A copy as large as the plugin made it, the rest zero.
template <class Table>
auto read_item(const Table& table, std::uint32_t index, std::string_view kind)
    -> Result<std::remove_const_t<std::remove_pointer_t<std::remove_cvref_t<decltype(*table.list)>>>> {
  using Item = std::remove_const_t<std::remove_pointer_t<std::remove_cvref_t<decltype(*table.list)>>>;
  const auto* raw = table.list ? table.list[index] : nullptr;
  Item out{};
  if (raw) std::memcpy(&out, raw, std::min<std::size_t>(raw->size, sizeof out));
  if (key_of(out) && out.definition) return out;
  return failure(ErrorCode::tool,
                 text::concat({"its ", kind, " number ", std::to_string(index), " lacks a name or a definition"}), {},
                 text::concat({"mend the plugin's ", kind, " list"}));
}

class Reader final {
 public:
  Reader(const InstanceRequest& request, const std::shared_ptr<Instance>& instance,
         const std::shared_ptr<const Rules>& rules)
      : request_{request}, instance_{instance}, tables_{instance->tables()}, rules_{rules} {}

  Result<void> read_tools(Offering& out) {
    for (std::uint32_t index = 0; index < tables_.tools.count; ++index) {
      const auto raw = read_item(tables_.tools, index, "tool");
      if (!raw) return raw.error();
      auto definition = read_definition(*raw, request_.prefix, request_.language, rules_->tool);
      if (!definition) return definition.error();
      sign(definition->description);
      const Way way{tables_.tools.call, index};
      out.tools.push_back(std::make_shared<BridgedTool>(instance_, way, std::move(*definition)));
    }
    return {};
  }

  Result<void> read_prompts(Offering& out) {
    for (std::uint32_t index = 0; index < tables_.prompts.count; ++index) {
      const auto raw = read_item(tables_.prompts, index, "prompt");
      if (!raw) return raw.error();
      auto definition = read_prompt_definition(*raw, request_.prefix, request_.language, rules_->prompt);
      if (!definition) return definition.error();
      sign(definition->description);
      const auto& table = tables_.completions;
      const bool completes = table && table->complete_prompt && says_yes(table->completes_prompt, index);
      const Way way{tables_.prompts.get, index}, completion{completes ? table->complete_prompt : nullptr, index};
      out.prompts.push_back(std::make_shared<BridgedPrompt>(instance_, way, completes ? &completion : nullptr,
                                                            std::move(*definition), rules_));
    }
    return {};
  }

  Result<void> read_resources(Offering& out) {
    for (std::uint32_t index = 0; index < tables_.resources.count; ++index) {
      const auto raw = read_item(tables_.resources, index, "resource");
      if (!raw) return raw.error();
      auto description = read_resource_definition(*raw, request_.prefix, request_.language, rules_->resource);
      if (!description) return description.error();
      sign(*description);
      const auto& table = tables_.completions;
      const bool completes = table && table->complete_resource && says_yes(table->completes_resource, index);
      const Way way{tables_.resources.read, index}, completion{completes ? table->complete_resource : nullptr, index};
      out.resources.push_back(std::make_shared<BridgedResource>(instance_, way, completes ? &completion : nullptr,
                                                                std::move(*description), rules_));
    }
    return {};
  }

 private:
  [[nodiscard]] bool says_yes(bool (*claim)(void* instance, std::uint32_t index), std::uint32_t index) const noexcept {
    try {
      return claim && claim(instance_->handle(), index);
    } catch (...) {  // rule 3 of the ABI; it completes nothing then
      return false;
    }
  }
  void sign(registry::TargetDescription& description) const {
    description.plugin = request_.instance;
    description.version = instance_->entry().version;
    description.account = account_of(request_);
  }

  const InstanceRequest& request_;
  const std::shared_ptr<Instance>& instance_;
  const Tables& tables_;
  const std::shared_ptr<const Rules>& rules_;
};

struct Named {  // what nobody else may have
  std::string_view kind, key, plugin;
};

std::vector<Named> names_of(const Offering& offering) {
  std::vector<Named> out;
  for (const auto& one : offering.tools) out.push_back({"tool", one->description().name, one->description().plugin});
  for (const auto& one : offering.prompts)
    out.push_back({"prompt", one->description().name, one->description().plugin});
  for (const auto& one : offering.resources)
    out.push_back({"resource", one->description().uri, one->description().plugin});
  return out;
}

}  // namespace

bool Offering::is_held() const {
  const auto is_shared = [](const auto& one) { return one.use_count() > 1; };
  return std::any_of(tools.begin(), tools.end(), is_shared) || std::any_of(prompts.begin(), prompts.end(), is_shared) ||
         std::any_of(resources.begin(), resources.end(), is_shared);
}

Result<Offering> read_offering(const InstanceRequest& request, const std::shared_ptr<Instance>& instance,
                               const std::shared_ptr<const Rules>& rules) {
  Offering out;
  Reader reader{request, instance, rules};
  if (const auto read = reader.read_tools(out); !read) return read.error();
  if (const auto read = reader.read_prompts(out); !read) return read.error();
  if (const auto read = reader.read_resources(out); !read) return read.error();
  return out;
}

Result<void> check_clashes(const InstanceRequest& request, const Offering& own,
                           const std::vector<const Offering*>& others) {
  std::map<std::pair<std::string_view, std::string_view>, std::string_view> taken;  // kind and key: plugin
  for (const auto* other : others) {
    for (const auto& one : names_of(*other)) taken.emplace(std::pair{one.kind, one.key}, one.plugin);
  }
  for (const auto& one : names_of(own)) {
    const auto [found, is_new] = taken.emplace(std::pair{one.kind, one.key}, one.plugin);
    if (is_new) continue;
    if (found->second == one.plugin) {
      return failure(ErrorCode::tool, text::concat({"it offers the ", one.kind, " ", one.key, " twice"}), {},
                     "mend the plugin");
    }
    return failure(
        ErrorCode::configuration,
        text::concat({"[plugin.", request.instance, "] offers the ", one.kind, " ", one.key, ", as [plugin.",
                      found->second, "] does"}),
        request.where,
        one.kind == "resource" ? "turn one of the two instances off" : "give one of the two instances a prefix");
  }
  return {};
}

}  // namespace tomada::plugin
