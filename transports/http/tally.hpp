#pragma once
// Tally: what one I/O thread counts and complains about.
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "transports/http/socket.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace tomada::http {

class Tally final {
 public:
  Tally(log::Logger& log, metrics::Registry& metrics);

  void opened() noexcept { connections_.add(1); }
  void closed() noexcept { connections_.add(-1); }
  void answered(int status);
  void refused(int status, std::string_view reason, const Tcp::endpoint& peer, SteadyTime now);
  // One warning a second at most; it says how many were left out.

 private:
  log::Logger& log_;
  metrics::Registry& metrics_;
  metrics::Gauge& connections_;
  std::array<metrics::Counter*, 500> requests_{};  // by status - 100, made when first needed
  SteadyTime quiet_until_{};
  std::int64_t left_out_ = 0;
};

}  // namespace tomada::http
