#pragma once
// The instruments behind the interfaces of metrics.hpp: striped cells, relaxed atomics, summed when read.
#include "core/metrics/metrics.hpp"
#include "core/metrics/stripe.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace tomada::metrics {

class StripedCounter final : public Counter {
 public:
  void add(std::uint64_t count) noexcept override { cells_[stripe()].sum.fetch_add(count, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t read() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& cell : cells_) sum += cell.sum.load(std::memory_order_relaxed);
    return sum;
  }

 private:
  struct alignas(cache_line) Cell {
    std::atomic<std::uint64_t> sum{0};
  };
  std::array<Cell, stripes> cells_;
};

class AtomicGauge final : public Gauge {
 public:
  void set(double value) noexcept override { value_.store(value, std::memory_order_relaxed); }
  void add(double change) noexcept override { value_.fetch_add(change, std::memory_order_relaxed); }
  [[nodiscard]] double read() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

class StripedHistogram final : public Histogram {
 public:
  struct Reading {
    std::vector<std::uint64_t> buckets;  // cumulative; the last is "+Inf", the number of observations
    double sum = 0;
  };

  explicit StripedHistogram(std::span<const double> bounds) : bounds_{bounds.begin(), bounds.end()} {
    for (auto& cell : cells_) cell.buckets = std::vector<std::atomic<std::uint64_t>>(bounds_.size() + 1);
  }
  void observe(double value) noexcept override {
    if (std::isnan(value)) return;  // would spoil the sum for ever
    const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), value);
    Cell& cell = cells_[stripe()];
    cell.buckets[static_cast<std::size_t>(bound - bounds_.begin())].fetch_add(1, std::memory_order_relaxed);
    cell.sum.fetch_add(value, std::memory_order_relaxed);
  }
  [[nodiscard]] Reading read() const {
    Reading out{std::vector<std::uint64_t>(bounds_.size() + 1), 0};
    for (const auto& cell : cells_) {
      for (std::size_t i = 0; i < out.buckets.size(); ++i) out.buckets[i] += cell.buckets[i].load();
      out.sum += cell.sum.load();
    }
    for (std::size_t i = 1; i < out.buckets.size(); ++i) out.buckets[i] += out.buckets[i - 1];
    return out;
  }
  [[nodiscard]] const std::vector<double>& bounds() const noexcept { return bounds_; }

 private:
  struct alignas(cache_line) Cell {
    std::vector<std::atomic<std::uint64_t>> buckets;
    std::atomic<double> sum{0};
  };
  std::vector<double> bounds_;
  std::array<Cell, stripes> cells_;
};

}  // namespace tomada::metrics
