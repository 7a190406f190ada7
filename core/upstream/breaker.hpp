#pragma once
// Breaker: stops asking an upstream that is in trouble, and finds out with single probes when it is well again. Its
// state is shared by all processes of the state folder.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/upstream/ledger.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::upstream {

enum class BreakerState { closed, half_open, open };
[[nodiscard]] std::string_view name(BreakerState state) noexcept;

class Breaker final {
 public:
  Breaker(std::string upstream, std::size_t failures, Milliseconds pause, Ledger& ledger, const Clock& clock)
      : upstream_{std::move(upstream)}, failures_{failures}, pause_{pause}, ledger_{ledger}, clock_{clock} {}

  // Leave to send one request. While half open only one exists; it says what came of it, or nothing when cancelled.
  class Leave final {
   public:
    explicit Leave(Breaker& breaker, std::optional<std::size_t> probe) : breaker_{&breaker}, probe_{probe} {}
    Leave(Leave&& other) noexcept : breaker_{other.breaker_}, probe_{std::exchange(other.probe_, std::nullopt)} {}
    Leave& operator=(Leave&&) = delete;
    ~Leave();

   private:
    Breaker* breaker_;
    std::optional<std::size_t> probe_;
  };
  [[nodiscard]] Result<Leave> enter();  // unreachable: it is open; the hint has the seconds

  void note_answer();
  void note_outage(std::string_view reason);

  struct Look {
    BreakerState state = BreakerState::closed;
    std::uint64_t failures = 0;
    std::string reason;
    Milliseconds until_probe{0};
  };
  [[nodiscard]] Look look() const;

 private:
  [[nodiscard]] UnixMs now() const { return unix_ms(clock_.wall_now()); }
  [[nodiscard]] bool is_tripped(const Record& record) const { return failures_ != 0 && record.failures >= failures_; }

  const std::string upstream_;
  const std::size_t failures_;
  const Milliseconds pause_;
  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace tomada::upstream
