#pragma once
// Stage: one policy of a call. Enters run in order, leaves in reverse, on whatever thread finishes the call.
#include "core/registry/call.hpp"
#include "core/registry/outcome.hpp"

#include <memory>
#include <variant>

namespace tomada::dispatch {

struct GoOn {};
struct Parked {};  // another flight will finish or resume this call
using Verdict = std::variant<GoOn, registry::Outcome, Parked>;

// Lets a stage continue a call that it parked, or begin one of its own.
class Resumer {
 public:
  virtual ~Resumer() = default;
  virtual void resume(std::shared_ptr<registry::Call> call) = 0;      // goes on behind the stage that parked it
  virtual void run(const std::shared_ptr<registry::Call>& call) = 0;  // another call, from the first stage on
};

class Stage {
 public:
  virtual ~Stage() = default;
  virtual void attach(Resumer&) {}
  [[nodiscard]] virtual Verdict enter(registry::Call& call) = 0;
  virtual void leave(registry::Call&, registry::Outcome&) noexcept {
  }                                                    // only for calls that entered with GoOn or Parked
  virtual void extend(registry::Call&, SteadyTime) {}  // the call may take until then; one that has ended is let be
  virtual void end_all(const registry::Outcome&) {}    // a stage that knows the calls under way ends them with this
};

}  // namespace tomada::dispatch
