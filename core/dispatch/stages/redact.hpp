#pragma once
// Redact: a secret that an upstream echoes never leaves in an answer. The innermost stage: what the cache keeps has
// been through it, so a hit costs nothing.
#include "core/dispatch/stage.hpp"
#include "core/log/log.hpp"

namespace tomada::dispatch {

class Redact final : public Stage {
 public:
  explicit Redact(const log::Logger& log) : log_{log} {}

  [[nodiscard]] Verdict enter(registry::Call&) override { return GoOn{}; }
  void leave(registry::Call& call, registry::Outcome& outcome) noexcept override;

 private:
  const log::Logger& log_;
};

}  // namespace tomada::dispatch
