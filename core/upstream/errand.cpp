#include "core/upstream/errand.hpp"

#include <utility>

namespace tomada::upstream {
namespace {

// What those who follow may have. What could be tried again is nobody's last word: one of them tries.
bool is_for_followers(const Attempt& attempt) {
  if (attempt.result) return true;
  return !attempt.may_retry && attempt.result.error().code != ErrorCode::cancelled;
}

}  // namespace

std::optional<Attempt> Errand::wait(const Patience& patience) {
  std::unique_lock lock{mutex_};
  const auto has_come = [this] { return brought_ || failure_; };
  is_alone_ = !changed_.wait_for(lock, patience.stop(), patience.left(), has_come);
  if (failure_) std::rethrow_exception(failure_);
  return std::move(brought_);
}

bool Errand::begin() {
  const std::lock_guard lock{mutex_};
  return !is_alone_;
}

void Errand::give_back() noexcept {
  permit_.reset();
  leave_.reset();
}

void Errand::bring(Attempt attempt) {
  give_back();
  const std::lock_guard lock{mutex_};
  const auto pilot = std::exchange(pilot_, nullptr);
  if (is_alone_ && is_for_followers(attempt)) pilot->bring(attempt.result);
  brought_ = std::move(attempt);
  changed_.notify_all();
}

void Errand::fail(std::exception_ptr why) noexcept {
  give_back();
  const std::lock_guard lock{mutex_};
  pilot_.reset();
  failure_ = std::move(why);
  changed_.notify_all();
}

}  // namespace tomada::upstream
