#pragma once
// Prompt: messages that a person picks by name, filled with arguments.
#include "core/registry/target.hpp"

#include <memory>
#include <string>

namespace tomada::registry {

struct PromptDescription : TargetDescription {
  std::string listing;  // JSON text: the prompt as the newest revision lists it, name included
};

class Prompt : public Target {  // its answer: {"description"?, "messages"}
 public:
  [[nodiscard]] const PromptDescription& description() const noexcept override = 0;
  [[nodiscard]] virtual std::shared_ptr<Target> completer() = 0;  // proposes values of arguments; null: it does not
};

}  // namespace tomada::registry
