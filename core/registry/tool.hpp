#pragma once
// Tool: what a plugin offers and an assistant calls.
#include "core/registry/target.hpp"

#include <string>

namespace tomada::registry {

struct ToolDescription : TargetDescription {
  std::string input_schema, output_schema;  // JSON text, byte-faithful; output may be empty
  std::string meta;                         // JSON text of an object: the tool's own _meta in lists; empty: none
};

class Tool : public Target {
 public:
  [[nodiscard]] const ToolDescription& description() const noexcept override = 0;
};

}  // namespace tomada::registry
