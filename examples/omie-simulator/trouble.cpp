#include "trouble.hpp"

#include <cmath>
#include <numbers>

namespace omie_simulator {
namespace {

// Logarithms of the median and of p95 over the median, in milliseconds, from public reports.
constexpr double register_median = 350, register_p95 = 1'200, heavy_median = 900, heavy_p95 = 4'000;
constexpr double z95 = 1.6449;
constexpr double per_record_ms = 3;
constexpr std::string_view names[] = {"none",     "html",    "truncate", "drop",      "http500", "slow",
                                      "fault200", "blocked", "rate",     "redundant", "running"};

}  // namespace

Trouble Troublemaker::next() {
  const std::lock_guard lock{mutex_};
  if (left_ > 0) return --left_, kind_;
  return options_.trouble_rate > 0 && random_.unit() < options_.trouble_rate ? options_.trouble : Trouble::none;
}

void Troublemaker::make(Trouble kind, std::size_t count) {
  const std::lock_guard lock{mutex_};
  kind_ = kind;
  left_ = count;
}

Milliseconds Troublemaker::latency(bool is_heavy, std::size_t records) {
  if (options_.latency == Latency::fixed)
    return options_.latency_base + options_.latency_record * static_cast<long>(records);
  const std::lock_guard lock{mutex_};
  const double median = is_heavy ? heavy_median : register_median;
  const double sigma = std::log((is_heavy ? heavy_p95 : register_p95) / median) / z95;
  const double normal = std::sqrt(-2 * std::log(1 - random_.unit())) * std::cos(2 * std::numbers::pi * random_.unit());
  const double ms = median * std::exp(sigma * normal) + per_record_ms * static_cast<double>(records);
  return Milliseconds{static_cast<long>(ms * options_.latency_scale)};
}

std::vector<std::string> trouble_names() { return {std::begin(names), std::end(names)}; }

bool read_trouble(std::string_view name, Trouble& out) {
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] != name) continue;
    out = static_cast<Trouble>(i);
    return true;
  }
  return false;
}

}  // namespace omie_simulator
