#pragma once
// Validate: arguments against the tool's input schema; what is wrong is told to the model, path by path.
#include "core/dispatch/stage.hpp"

namespace tomada::dispatch {

class Validate final : public Stage {
 public:
  [[nodiscard]] Verdict enter(registry::Call& call) override;
};

}  // namespace tomada::dispatch
