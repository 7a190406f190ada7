#pragma once
// Limit: a principal, a tool or an address that has had its calls of this minute hears when to come again.
#include "core/auth/limits.hpp"
#include "core/dispatch/stage.hpp"

namespace tomada::dispatch {

class Limit final : public Stage {
 public:
  explicit Limit(auth::Limits& limits) : limits_{limits} {}
  [[nodiscard]] Verdict enter(registry::Call& call) override;

 private:
  auth::Limits& limits_;
};

}  // namespace tomada::dispatch
