// A completer lives inside what it completes and is handed out as a share of it, so that whoever asks it keeps both.
#include "core/plugin/bridged.hpp"

#include <utility>

namespace tomada::plugin {
namespace {

registry::TargetDescription completion_of(registry::TargetDescription about) {
  about.kind = registry::TargetKind::completion;
  about.cache.reset();
  about.is_serial = false;
  return about;
}

}  // namespace

BridgedCompleter::BridgedCompleter(std::shared_ptr<Instance> instance, Way way, const registry::TargetDescription& of,
                                   std::shared_ptr<const Rules> rules)
    : rules_{std::move(rules)},
      description_{completion_of(of)},
      bridge_{std::move(instance), way, description_, &rules_->completion} {}

BridgedPrompt::BridgedPrompt(const std::shared_ptr<Instance>& instance, Way way, const Way* completion,
                             PromptDefinition definition, const std::shared_ptr<const Rules>& rules)
    : rules_{rules},
      definition_{std::move(definition)},
      bridge_{instance, way, definition_.description, &rules_->prompt_answer} {
  if (completion) completer_.emplace(instance, *completion, definition_.description, rules_);
}

std::shared_ptr<registry::Target> BridgedPrompt::completer() {
  return completer_ ? std::shared_ptr<registry::Target>{shared_from_this(), &*completer_} : nullptr;
}

BridgedResource::BridgedResource(const std::shared_ptr<Instance>& instance, Way way, const Way* completion,
                                 registry::ResourceDescription description, const std::shared_ptr<const Rules>& rules)
    : rules_{rules},
      description_{std::move(description)},
      bridge_{instance, way, description_, &rules_->resource_answer} {
  if (completion) completer_.emplace(instance, *completion, description_, rules_);
}

std::shared_ptr<registry::Target> BridgedResource::completer() {
  return completer_ ? std::shared_ptr<registry::Target>{shared_from_this(), &*completer_} : nullptr;
}

}  // namespace tomada::plugin
