#include "last_failure.hpp"

#include <utility>

namespace tomada::erp {

void LastFailure::remember(std::string failure) {
  const std::lock_guard lock{mutex_};
  failure_ = std::move(failure);
}

sdk::json::object LastFailure::health(const char* next_step) const {
  const std::lock_guard lock{mutex_};
  if (failure_.empty()) return {{"status", "healthy"}};
  return {{"status", "degraded"}, {"reason", failure_}, {"next_step", next_step}};
}

}  // namespace tomada::erp
