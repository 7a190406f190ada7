#pragma once
// Family: the series of one metric name.
#include "core/metrics/instrument.hpp"
#include "core/metrics/name.hpp"

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>

namespace tomada::metrics {

using Read = std::shared_ptr<const std::function<double()>>;

// One label set of a family: exactly one of the four is set. Copying shares the instrument.
struct Series {
  std::shared_ptr<StripedCounter> counter;
  std::shared_ptr<AtomicGauge> gauge;
  std::shared_ptr<StripedHistogram> histogram;
  Read read;

  [[nodiscard]] double value() const {
    if (counter) return static_cast<double>(counter->read());
    if (gauge) return gauge->read();
    return read ? (*read)() : std::numeric_limits<double>::quiet_NaN();
  }
};

struct Family {
  Kind kind = Kind::gauge;
  std::string help;
  std::map<std::string, Series, std::less<>> series;  // by label text
};
using Families = std::map<std::string, Family, std::less<>>;

}  // namespace tomada::metrics
