#pragma once
// Bridged targets: a plugin's tools, prompts and resources as the registry knows them.
#include "core/plugin/bridge.hpp"
#include "core/plugin/definition.hpp"
#include "core/plugin/prompt_definition.hpp"
#include "core/plugin/resource_definition.hpp"
#include "core/plugin/rules.hpp"
#include "core/registry/prompt.hpp"
#include "core/registry/resource.hpp"
#include "core/registry/tool.hpp"

#include <memory>
#include <optional>

namespace tomada::plugin {

class BridgedTool final : public registry::Tool {
 public:
  BridgedTool(std::shared_ptr<Instance> instance, Way way, Definition definition)
      : definition_{std::move(definition)}, bridge_{std::move(instance), way, definition_.description, output()} {}

  [[nodiscard]] const registry::ToolDescription& description() const noexcept override {
    return definition_.description;
  }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return definition_.input; }
  [[nodiscard]] const schema::Schema* output() const noexcept override {
    return definition_.output ? &*definition_.output : nullptr;
  }
  void start(std::shared_ptr<registry::Call> call) override { bridge_.start(call); }

 private:
  const Definition definition_;
  Bridge bridge_;
};

// Known to roles and logs by the name of what it completes.
class BridgedCompleter final : public registry::Target {
 public:
  BridgedCompleter(std::shared_ptr<Instance> instance, Way way, const registry::TargetDescription& of,
                   std::shared_ptr<const Rules> rules);

  [[nodiscard]] const registry::TargetDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return rules_->anything; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return &rules_->completion; }
  void start(std::shared_ptr<registry::Call> call) override { bridge_.start(call); }

 private:
  const std::shared_ptr<const Rules> rules_;
  const registry::TargetDescription description_;
  Bridge bridge_;
};

class BridgedPrompt final : public registry::Prompt, public std::enable_shared_from_this<BridgedPrompt> {
 public:
  BridgedPrompt(const std::shared_ptr<Instance>& instance, Way way, const Way* completion, PromptDefinition definition,
                const std::shared_ptr<const Rules>& rules);

  [[nodiscard]] const registry::PromptDescription& description() const noexcept override {
    return definition_.description;
  }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return definition_.input; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return &rules_->prompt_answer; }
  [[nodiscard]] std::shared_ptr<registry::Target> completer() override;
  void start(std::shared_ptr<registry::Call> call) override { bridge_.start(call); }

 private:
  const std::shared_ptr<const Rules> rules_;
  const PromptDefinition definition_;
  Bridge bridge_;
  std::optional<BridgedCompleter> completer_;
};

class BridgedResource final : public registry::Resource, public std::enable_shared_from_this<BridgedResource> {
 public:
  BridgedResource(const std::shared_ptr<Instance>& instance, Way way, const Way* completion,
                  registry::ResourceDescription description, const std::shared_ptr<const Rules>& rules);

  [[nodiscard]] const registry::ResourceDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return rules_->anything; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return &rules_->resource_answer; }
  [[nodiscard]] std::shared_ptr<registry::Target> completer() override;
  void start(std::shared_ptr<registry::Call> call) override { bridge_.start(call); }

 private:
  const std::shared_ptr<const Rules> rules_;
  const registry::ResourceDescription description_;
  Bridge bridge_;
  std::optional<BridgedCompleter> completer_;
};

}  // namespace tomada::plugin
