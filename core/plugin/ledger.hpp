#pragma once
// Ledger: one instance's notes on its plugin's conduct: log lines and counters that name the plugin.
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"

#include <string>
#include <string_view>

namespace tomada::plugin {

class Ledger final {
 public:
  Ledger(std::string plugin, log::Logger& log, metrics::Registry& metrics);

  void misbehaved(std::string_view tool, std::string_view what, std::string_view correlation = {}) noexcept;
  // The plugin broke the contract of ABI.md: an error in the log, tomada_plugin_misbehaviour_total.
  void late(std::string_view tool, std::string_view correlation) noexcept;  // an answer nobody waited for any more
  void busy() noexcept { busy_.add(); }
  void write(log::Level level, std::string_view tool, std::string_view message, std::string_view correlation) noexcept;

  [[nodiscard]] const std::string& plugin() const noexcept { return plugin_; }
  [[nodiscard]] log::Logger& log() noexcept { return log_; }

 private:
  const std::string plugin_;
  log::Logger& log_;
  metrics::Counter &misbehaviour_, &late_, &busy_;
};

}  // namespace tomada::plugin
