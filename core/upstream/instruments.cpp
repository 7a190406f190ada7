#include "core/upstream/instruments.hpp"

namespace tomada::upstream {
namespace {

constexpr double exchange_bounds[] = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
constexpr double wait_bounds[] = {0.001, 0.01, 0.1, 0.5, 1, 5, 15, 60};
constexpr const char* outcome_names[] = {"answer",      "shared",  "fault",     "busy",
                                         "unreachable", "timeout", "cancelled", "other"};

double seconds(SteadyTime::duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

Instruments::Instruments(metrics::Registry& registry, const std::string& upstream, const Breaker& breaker)
    : breaker_{breaker},
      outcomes_{},
      exchange_{registry.histogram("tomada_upstream_duration_seconds", "Time of one exchange with an upstream.",
                                   exchange_bounds, {{"upstream", upstream}})},
      wait_{registry.histogram("tomada_upstream_wait_seconds", "Time spent waiting for an upstream's limits.",
                               wait_bounds, {{"upstream", upstream}})},
      state_{registry.gauge("tomada_upstream_breaker_state", "Circuit breaker: 0 closed, 1 half open, 2 open.",
                            {{"upstream", upstream}})},
      failures_{registry.gauge("tomada_upstream_consecutive_failures", "Outages of an upstream since its last answer.",
                               {{"upstream", upstream}})},
      unanswered_{registry.gauge("tomada_upstream_unanswered_questions",
                                 "Questions in a row that got no data from an upstream, whatever the cause.",
                                 {{"upstream", upstream}})} {
  for (std::size_t i = 0; i < std::size(outcome_names); ++i)
    outcomes_[i] = &registry.counter("tomada_upstream_requests_total", "Requests to upstreams by how they ended.",
                                     {{"upstream", upstream}, {"outcome", outcome_names[i]}});
}

void Instruments::observe_exchange(SteadyTime::duration time) noexcept { exchange_.observe(seconds(time)); }
void Instruments::observe_wait(SteadyTime::duration time) noexcept { wait_.observe(seconds(time)); }

void Instruments::note_question(bool is_answered) noexcept {
  if (is_answered) return unanswered_.set(0);
  unanswered_.add(1);
}

void Instruments::refresh() noexcept {
  const auto look = breaker_.look();
  state_.set(static_cast<double>(look.state));
  failures_.set(static_cast<double>(look.failures));
}

}  // namespace tomada::upstream
