#pragma once
// Metrics: counters, gauges and histograms that cost a few nanoseconds to touch, summed when scraped.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;  // never user ids, addresses or error texts

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(std::uint64_t count = 1) noexcept = 0;  // [any thread]
};
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void set(double value) noexcept = 0;
  virtual void add(double change) noexcept = 0;
};
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) noexcept = 0;
};

class Registry final {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // The same name and labels give the same instrument, which lives as long as the registry.
  // Names follow Prometheus: snake case, base unit as suffix, counters end in _total. A wrong name throws.
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                       const Labels& labels = {});
  void collect(std::string_view name, std::string_view help, std::function<double()> read, const Labels& labels = {});
  // A gauge (a counter when the name ends in _total) whose value is read when scraped, on the scraping thread; a
  // second one for the same name and labels replaces the first; one that throws is left out.
  void forget(std::string_view name, const Labels& labels = {});
  // Ends a collect(); a scrape under way may still read once, so what it reads must outlive that.

  [[nodiscard]] std::string exposition() const;  // text/plain; version=0.0.4; charset=utf-8
  [[nodiscard]] std::optional<double> value(std::string_view name, const Labels& labels = {}) const;
  // Counter, gauge or collected value; without labels: the sum over all label sets of that name.
  // "x_count" and "x_sum" read the histogram x.
  [[nodiscard]] std::vector<std::string> names() const;  // that value() knows now, sorted

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::metrics
