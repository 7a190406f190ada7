#pragma once
// Instruments: what is counted about one upstream.
#include "core/base/clock.hpp"
#include "core/metrics/metrics.hpp"
#include "core/upstream/breaker.hpp"

#include <string>

namespace tomada::upstream {

enum class Told { answer, shared, fault, busy, unreachable, timeout, cancelled, other };

class Instruments final {
 public:
  Instruments(metrics::Registry& registry, const std::string& upstream, const Breaker& breaker);

  void count(Told outcome) noexcept { outcomes_[static_cast<std::size_t>(outcome)]->add(); }
  void observe_exchange(SteadyTime::duration time) noexcept;
  void observe_wait(SteadyTime::duration time) noexcept;
  void note_question(bool is_answered) noexcept;  // "nothing found" is an answer
  void refresh() noexcept;                        // the breaker's gauges

 private:
  const Breaker& breaker_;
  metrics::Counter* outcomes_[8];
  metrics::Histogram& exchange_;
  metrics::Histogram& wait_;
  metrics::Gauge& state_;
  metrics::Gauge& failures_;
  metrics::Gauge& unanswered_;
};

}  // namespace tomada::upstream
