#include "core/dispatch/stages/measure.hpp"

#include "core/base/text.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {
namespace {

using registry::Origin;
using registry::OutcomeKind;

constexpr std::array<double, 16> bounds{0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                        0.025,   0.05,   0.1,     0.5,    1,     5,      15,    60};

std::string_view outcome_name(const registry::Outcome& outcome) noexcept {
  switch (outcome.kind) {
    case OutcomeKind::result:
      return outcome.freshness.origin == Origin::live ? "result" : "cached";
    case OutcomeKind::tool_error:
      return "tool_error";
    case OutcomeKind::invalid_params:
      return "invalid_params";
    case OutcomeKind::unknown_tool:
      return "unknown_tool";
    case OutcomeKind::cancelled:
      return "cancelled";
    case OutcomeKind::needs_input:
      return "needs_input";
    case OutcomeKind::refused:
      return "refused";
    case OutcomeKind::internal:
      return "internal";
  }
  return "internal";
}

constexpr std::array<std::string_view, 9> outcome_names{"result",         "cached",       "tool_error",
                                                        "invalid_params", "unknown_tool", "cancelled",
                                                        "needs_input",    "refused",      "internal"};

// What went well is counted; only what did not is worth a line at the default level.
log::Level level_of(OutcomeKind kind) noexcept {
  if (kind == OutcomeKind::internal) return log::Level::error;
  return kind == OutcomeKind::result ? log::Level::debug : log::Level::info;
}

std::int64_t slice_number(SteadyTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count() / 10;
}

}  // namespace

struct Measure::Instruments {
  std::array<metrics::Counter*, outcome_names.size()> calls{};
  metrics::Histogram* seconds = nullptr;
};

Measure::Measure(log::Logger& log, metrics::Registry& metrics, const Clock& clock)
    : log_{log}, metrics_{metrics}, clock_{clock} {}
Measure::~Measure() = default;

Measure::Instruments& Measure::instruments(const std::string& tool) {
  {
    const std::shared_lock lock{instruments_mutex_};
    if (const auto found = by_tool_.find(tool); found != by_tool_.end()) return *found->second;
  }
  const std::lock_guard lock{instruments_mutex_};
  auto& place = by_tool_[tool];
  if (!place) {
    place = std::make_unique<Instruments>();
    for (std::size_t i = 0; i < outcome_names.size(); ++i) {
      place->calls[i] = &metrics_.counter("tomada_tool_calls_total", "Tool calls by how they ended.",
                                          {{"tool", tool}, {"outcome", std::string{outcome_names[i]}}});
    }
    place->seconds = &metrics_.histogram("tomada_tool_duration_seconds", "Time from a call's arrival to its outcome.",
                                         bounds, {{"tool", tool}});
  }
  return *place;
}

void Measure::leave(registry::Call& call, registry::Outcome& outcome) noexcept try {
  const double seconds = std::chrono::duration<double>(clock_.steady_now() - call.started).count();
  const auto& target = call.target->description();
  const bool is_tool = target.kind == registry::TargetKind::tool;
  auto& tool = is_tool ? instruments(target.name) : instruments(text::concat({name(target.kind), ":", target.name}));
  const auto outcome_word = outcome_name(outcome);
  const auto place = std::find(outcome_names.begin(), outcome_names.end(), outcome_word) - outcome_names.begin();
  tool.calls[static_cast<std::size_t>(place)]->add();
  tool.seconds->observe(seconds);
  if (outcome_word != "cached") remember(seconds * 1000);
  const auto level = level_of(outcome.kind);
  if (!log_.is_on(level)) return;
  log_.write(level, is_tool ? "tool call" : "call",
             {{name(target.kind), std::string_view{target.name}},
              {"outcome", outcome_word},
              {"duration_us", static_cast<std::int64_t>(seconds * 1e6)},
              {"correlation", std::string_view{call.request().correlation}},
              {"tenant", std::string_view{call.request().principal->tenant}},
              {"transport", std::string_view{call.request().transport}},
              {"reason", std::string_view{outcome.message}}});
} catch (...) {  // measuring must never cost an answer
}

void Measure::remember(double milliseconds) {
  const auto number = slice_number(clock_.steady_now());
  const std::lock_guard lock{recent_mutex_};
  auto& slice = recent_[static_cast<std::size_t>(number) % slices];
  if (slice.number != number) slice = Slice{number, 0, 0};
  slice.total += milliseconds;
  ++slice.count;
}

std::optional<double> Measure::recent_milliseconds() const {
  const auto oldest = slice_number(clock_.steady_now()) - static_cast<std::int64_t>(slices) + 1;
  double total = 0;
  std::uint64_t count = 0;
  const std::lock_guard lock{recent_mutex_};
  for (const auto& slice : recent_) {
    if (slice.number < oldest) continue;
    total += slice.total;
    count += slice.count;
  }
  if (count == 0) return std::nullopt;
  return total / static_cast<double>(count);
}

}  // namespace tomada::dispatch
