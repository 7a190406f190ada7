#pragma once
// Notices: what a call tells its client before it ends: progress and, where asked for, log messages.
#include "core/protocol/service.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol {

class Notices final {
 public:
  Notices(const Request& request, const Clock& clock, std::optional<double> told = {});
  // Reads what the client asked for; both live as long as the call. told: the progress that an earlier round came to.

  [[nodiscard]] std::optional<std::string> progress(const registry::Progress& progress);
  // Nothing: not asked for, not greater than the last one, or too many at once.
  [[nodiscard]] std::optional<double> told() const;  // the last progress
  [[nodiscard]] std::optional<std::string> log(int level, std::string_view tool, std::string_view message) const;

 private:
  [[nodiscard]] bool admit(const registry::Progress& progress);

  const json::value* token_ = nullptr;  // lives in the request's message
  int least_level_;                     // MCP's order; above the highest: none asked for
  const Revision& revision_;
  const Clock& clock_;

  mutable std::mutex mutex_;  // guards the three below
  std::optional<double> last_;
  SteadyTime last_sent_{};
  int sent_ = 0;
};

inline constexpr const char* must_be_a_level =
    "must be one of debug, info, notice, warning, error, critical, alert, emergency";
[[nodiscard]] std::optional<int> log_level(std::string_view name) noexcept;  // 0 debug … 7 emergency; nothing: unknown

}  // namespace tomada::protocol
