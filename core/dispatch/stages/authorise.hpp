#pragma once
// Authorise: a tool that the principal's roles do not name answers as unknown.
#include "core/auth/roles.hpp"
#include "core/dispatch/stage.hpp"

namespace tomada::dispatch {

class Authorise final : public Stage {
 public:
  explicit Authorise(const auth::Roles& roles) : roles_{roles} {}
  [[nodiscard]] Verdict enter(registry::Call& call) override;

 private:
  const auth::Roles& roles_;
};

}  // namespace tomada::dispatch
