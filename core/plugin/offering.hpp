#pragma once
// Offering: everything that one instance offers, read from its tables and checked.
#include "core/base/result.hpp"
#include "core/plugin/bridged.hpp"
#include "core/plugin/loader.hpp"

#include <memory>
#include <vector>

namespace tomada::plugin {

struct Offering {
  std::vector<std::shared_ptr<BridgedTool>> tools;
  std::vector<std::shared_ptr<BridgedPrompt>> prompts;
  std::vector<std::shared_ptr<BridgedResource>> resources;

  [[nodiscard]] bool is_held() const;  // by somebody else, too: a call is under way
};

[[nodiscard]] Result<Offering> read_offering(const InstanceRequest& request, const std::shared_ptr<Instance>& instance,
                                             const std::shared_ptr<const Rules>& rules);
// Errors: tool (an item without a name or a definition, or a wrong definition).

[[nodiscard]] Result<void> check_clashes(const InstanceRequest& request, const Offering& own,
                                         const std::vector<const Offering*>& others);
// Errors: configuration (another instance has a tool or prompt of this name, or this URI), tool (it has one twice).

}  // namespace tomada::plugin
