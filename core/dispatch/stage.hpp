#pragma once
// Stage: one policy of a call. Enters run in order, leaves in reverse, on whatever thread finishes the call.
#include <optional>
#include <variant>

#include "core/registry/call.hpp"
#include "core/registry/outcome.hpp"

namespace tomada::dispatch {

struct GoOn {};
struct Parked {};  // another flight will finish this call
using Verdict = std::variant<GoOn, registry::Outcome, Parked>;

class Stage {
 public:
  virtual ~Stage() = default;
  [[nodiscard]] virtual Verdict enter(registry::Call& call) = 0;
  virtual void leave(registry::Call&, registry::Outcome&) noexcept {}  // only for calls that entered with GoOn or Parked
};

}  // namespace tomada::dispatch
