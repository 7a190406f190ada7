#pragma once
// Patience: how long one fetch may still take, and a sleep that ends early when its caller gives up.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <optional>
#include <stop_token>
#include <string>

namespace tomada::upstream {

class Patience final {
 public:
  Patience(const Clock& clock, SteadyTime deadline, std::stop_token stop)
      : clock_{clock}, deadline_{deadline}, stop_{std::move(stop)} {}

  [[nodiscard]] bool is_cancelled() const { return stop_.stop_requested(); }
  [[nodiscard]] bool is_over() const { return is_cancelled() || left() <= Milliseconds{0}; }
  [[nodiscard]] Milliseconds left() const;  // never negative
  [[nodiscard]] bool allows(Milliseconds wait) const { return wait < left(); }
  bool sleep(Milliseconds at_most) const;  // false: it is over
  [[nodiscard]] const std::stop_token& stop() const noexcept { return stop_; }
  [[nodiscard]] SteadyTime deadline() const noexcept { return deadline_; }

  [[nodiscard]] Error error(const std::string& upstream, const std::string& while_doing) const;
  // timeout or cancelled, whichever it is.

 private:
  const Clock& clock_;
  SteadyTime deadline_;
  std::stop_token stop_;
};

}  // namespace tomada::upstream
