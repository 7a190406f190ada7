#pragma once
// Measure: counts and times every call, writes its log line, and knows how fast answers have been lately.
#include "core/base/clock.hpp"
#include "core/dispatch/stage.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

namespace tomada::dispatch {

class Measure final : public Stage {
 public:
  Measure(log::Logger& log, metrics::Registry& metrics, const Clock& clock);
  ~Measure() override;

  [[nodiscard]] Verdict enter(registry::Call&) override { return GoOn{}; }
  void leave(registry::Call& call, registry::Outcome& outcome) noexcept override;

  [[nodiscard]] std::optional<double> recent_milliseconds() const;
  // Mean time of the calls of the last minute that were not answered by the cache; none when there were none.

 private:
  struct Instruments;
  Instruments& instruments(const std::string& tool);
  void remember(double milliseconds);

  static constexpr std::size_t slices = 6;  // of ten seconds
  struct Slice {
    std::int64_t number = -1;
    double total = 0;
    std::uint64_t count = 0;
  };

  log::Logger& log_;
  metrics::Registry& metrics_;
  const Clock& clock_;
  mutable std::shared_mutex instruments_mutex_;  // guards by_tool_
  std::unordered_map<std::string, std::unique_ptr<Instruments>> by_tool_;
  mutable std::mutex recent_mutex_;  // guards recent_
  std::array<Slice, slices> recent_;
};

}  // namespace tomada::dispatch
