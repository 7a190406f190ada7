#include "core/metrics/metrics.hpp"

#include "core/base/text.hpp"
#include "core/metrics/family.hpp"
#include "core/metrics/name.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>
#include <stdexcept>

// The mutex guards the shape (which series exist), never a value: instruments live as long as the registry and are
// touched without it. A scrape copies the shape and then reads, so that a callback never runs under the lock.
namespace tomada::metrics {
namespace {

// A callback that throws has no value now; a scrape goes on without it.
std::optional<double> safe_value(const Series& series) noexcept {
  try {
    return series.value();
  } catch (...) {
    return std::nullopt;
  }
}

void append_sample(std::string& out, std::string_view name, std::string_view labels, double value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.push_back(' ');
  append_number(out, value);
  out.push_back('\n');
}

void append_histogram(std::string& out, std::string_view name, std::string_view labels,
                      const StripedHistogram& histogram) {
  const auto reading = histogram.read();
  const std::string prefix = labels.empty() ? std::string{} : text::concat({labels, ","});
  for (std::size_t i = 0; i < reading.buckets.size(); ++i) {
    std::string bound = "+Inf";
    if (i < histogram.bounds().size()) append_number(bound = {}, histogram.bounds()[i]);
    append_sample(out, text::concat({name, "_bucket"}), text::concat({prefix, "le=\"", bound, "\""}),
                  static_cast<double>(reading.buckets[i]));
  }
  append_sample(out, text::concat({name, "_sum"}), labels, reading.sum);
  append_sample(out, text::concat({name, "_count"}), labels, static_cast<double>(reading.buckets.back()));
}

void append_family(std::string& out, std::string_view name, const Family& family) {
  out.append("# HELP ").append(name).append(" ").append(escape_help(family.help)).append("\n# TYPE ").append(name);
  out.append(" ").append(metrics::name(family.kind)).append("\n");
  for (const auto& [labels, series] : family.series) {
    if (series.histogram) {
      append_histogram(out, name, labels, *series.histogram);
    } else if (const auto value = safe_value(series)) {
      append_sample(out, name, labels, *value);
    }
  }
}

// What "x_count" and "x_sum" of a histogram x are.
std::optional<double> histogram_value(const Series& series, std::string_view suffix) {
  if (!series.histogram) return std::nullopt;
  const auto reading = series.histogram->read();
  return suffix == "_count" ? static_cast<double>(reading.buckets.back()) : reading.sum;
}

}  // namespace

struct Registry::State {
  mutable std::mutex mutex;  // guards the one below
  Families families;

  // The series, made when new; requires the mutex.
  Series& series(std::string_view name, std::string_view help, Kind kind, const Labels& labels) {
    std::string label = label_text(labels);
    auto found = families.find(name);
    if (found == families.end()) {
      check_name(name, help, kind);
      found = families.emplace(std::string{name}, Family{kind, std::string{help}, {}}).first;
    }
    if (found->second.kind != kind) {
      throw std::invalid_argument(
          text::concat({"metric \"", name, "\" is already a ", metrics::name(found->second.kind)}));
    }
    return found->second.series[std::move(label)];
  }
  [[nodiscard]] std::map<std::string, Series, std::less<>> copy(std::string_view name) const {
    const std::lock_guard lock{mutex};
    const auto found = families.find(name);
    return found == families.end() ? std::map<std::string, Series, std::less<>>{} : found->second.series;
  }
};

Registry::Registry() : state_{std::make_unique<State>()} {}
Registry::~Registry() = default;

Counter& Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock{state_->mutex};
  Series& series = state_->series(name, help, Kind::counter, labels);
  if (series.read) throw std::invalid_argument(text::concat({"metric \"", name, "\" is already read by a callback"}));
  if (!series.counter) series.counter = std::make_shared<StripedCounter>();
  return *series.counter;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock{state_->mutex};
  Series& series = state_->series(name, help, Kind::gauge, labels);
  if (series.read) throw std::invalid_argument(text::concat({"metric \"", name, "\" is already read by a callback"}));
  if (!series.gauge) series.gauge = std::make_shared<AtomicGauge>();
  return *series.gauge;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                               const Labels& labels) {
  if (bounds.empty() || !std::isfinite(bounds.back()) ||
      std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>{}) != bounds.end()) {
    throw std::invalid_argument(text::concat({"histogram \"", name, "\" needs finite bounds that rise"}));
  }
  const std::lock_guard lock{state_->mutex};
  Series& series = state_->series(name, help, Kind::histogram, labels);
  if (!series.histogram) series.histogram = std::make_shared<StripedHistogram>(bounds);
  return *series.histogram;
}

void Registry::collect(std::string_view name, std::string_view help, std::function<double()> read,
                       const Labels& labels) {
  const Kind kind = name.ends_with("_total") ? Kind::counter : Kind::gauge;
  const std::lock_guard lock{state_->mutex};
  Series& series = state_->series(name, help, kind, labels);
  if (series.counter || series.gauge) {
    throw std::invalid_argument(text::concat({"metric \"", name, "\" is already set directly"}));
  }
  series.read = std::make_shared<const std::function<double()>>(std::move(read));
}

void Registry::forget(std::string_view name, const Labels& labels) {
  Read gone;  // dies after the lock
  const std::lock_guard lock{state_->mutex};
  const auto family = state_->families.find(name);
  if (family == state_->families.end()) return;
  const auto series = family->second.series.find(label_text(labels));
  if (series == family->second.series.end() || !series->second.read) return;
  gone = std::move(series->second.read);
  family->second.series.erase(series);
  if (family->second.series.empty()) state_->families.erase(family);
}

std::string Registry::exposition() const {
  Families families;
  {
    const std::lock_guard lock{state_->mutex};
    families = state_->families;
  }
  std::string out;
  for (const auto& [name, family] : families) append_family(out, name, family);
  return out;
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> out;
  const std::lock_guard lock{state_->mutex};
  for (const auto& [name, family] : state_->families) {
    if (family.kind == Kind::histogram) {
      out.push_back(text::concat({name, "_count"}));
      out.push_back(text::concat({name, "_sum"}));
    } else {
      out.push_back(name);
    }
  }
  return out;
}

std::optional<double> Registry::value(std::string_view name, const Labels& labels) const {
  auto series = state_->copy(name);
  std::string_view suffix;
  for (const std::string_view candidate : {"_count", "_sum"}) {
    if (!series.empty() || !name.ends_with(candidate)) continue;
    suffix = candidate;
    series = state_->copy(name.substr(0, name.size() - candidate.size()));
  }
  const std::string wanted = label_text(labels);
  std::optional<double> sum;
  for (const auto& [text, one] : series) {
    if (!wanted.empty() && text != wanted) continue;
    if (suffix.empty() == (one.histogram != nullptr)) continue;
    const auto value = suffix.empty() ? safe_value(one) : histogram_value(one, suffix);
    if (value) sum = sum.value_or(0) + *value;
  }
  return sum;
}

}  // namespace tomada::metrics
