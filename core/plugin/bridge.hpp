#pragma once
// BridgedTool: a plugin's tool as the registry knows tools.
#include "core/plugin/approved.hpp"
#include "core/plugin/definition.hpp"
#include "core/plugin/instance.hpp"
#include "core/plugin/lane.hpp"
#include "core/registry/tool.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace tomada::plugin {

class BridgedTool final : public registry::Tool {
 public:
  BridgedTool(std::shared_ptr<Instance> instance, std::uint32_t index, Definition definition);

  [[nodiscard]] const registry::ToolDescription& description() const noexcept override {
    return definition_.description;
  }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return definition_.input; }
  [[nodiscard]] const schema::Schema* output() const noexcept override {
    return definition_.output ? &*definition_.output : nullptr;
  }
  void start(std::shared_ptr<registry::Call> call) override;

  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }
  [[nodiscard]] Approved& approved() noexcept { return approved_; }
  void give_turn() { turns_->leave(); }  // a serial tool's call is over

 private:
  [[nodiscard]] bool queue(Flight& flight);

  const std::shared_ptr<Instance> instance_;
  const std::uint32_t index_;
  const Definition definition_;
  Approved approved_;
  std::optional<Lane> turns_;  // of a serial tool
};

}  // namespace tomada::plugin
