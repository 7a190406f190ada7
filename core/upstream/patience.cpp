#include "core/upstream/patience.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace tomada::upstream {

Milliseconds Patience::left() const {
  const auto left = std::chrono::duration_cast<Milliseconds>(deadline_ - clock_.steady_now());
  return std::max(left, Milliseconds{0});
}

bool Patience::sleep(Milliseconds at_most) const {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock{mutex};
  never.wait_for(lock, stop_, std::min(at_most, left()), [] { return false; });
  return !is_over();
}

Error Patience::error(const std::string& upstream, const std::string& while_doing) const {
  const std::string where = text::concat({"upstream.", upstream});
  if (is_cancelled())
    return failure(ErrorCode::cancelled, text::concat({"The caller gave up while ", while_doing, "."}), where);
  return failure(ErrorCode::timeout, text::concat({"The time was over while ", while_doing, "."}), where,
                 "try again later, ask for less, or allow the call more time");
}

}  // namespace tomada::upstream
