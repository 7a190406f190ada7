#pragma once
// Meter: counts, times and logs how every frame ended.
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/protocol/service.hpp"

#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tomada::session {

class Meter final : public protocol::Observer {
 public:
  Meter(log::Logger& log, metrics::Registry& metrics, const Clock& clock)
      : log_{log}, metrics_{metrics}, clock_{clock} {}

  void ended(const protocol::Report& report) noexcept override;

 private:
  struct Instruments {
    metrics::Counter* requests = nullptr;
    metrics::Histogram* duration = nullptr;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
  };

  [[nodiscard]] Instruments instruments(const protocol::Report& report);
  [[nodiscard]] Instruments make(const protocol::Report& report);
  void write_log(const protocol::Report& report, double seconds) noexcept;

  log::Logger& log_;
  metrics::Registry& metrics_;
  const Clock& clock_;
  std::shared_mutex mutex_;  // guards known_
  std::unordered_map<std::string, Instruments, Hash, std::equal_to<>> known_;
};

}  // namespace tomada::session
