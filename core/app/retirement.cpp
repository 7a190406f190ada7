#include "core/app/retirement.hpp"

#include <algorithm>
#include <iterator>

namespace tomada::app {
namespace {

constexpr Milliseconds between_looks{20};

}  // namespace

Retirement::~Retirement() = default;

void Retirement::take(std::unique_ptr<Generation> old) {
  old->let_go();
  const std::lock_guard lock{mutex_};
  old_.push_back(std::move(old));
  if (!thread_.joinable()) thread_ = std::jthread{[this](const std::stop_token& stop) { keep(stop); }};
  changed_.notify_one();
}

bool Retirement::is_empty() {
  const std::lock_guard lock{mutex_};
  return old_.empty();
}

void Retirement::keep(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (changed_.wait(lock, stop, [this] { return !old_.empty(); }) && !stop.stop_requested()) {
    const auto is_busy = [](const auto& each) { return !each->is_idle(); };
    const auto idle = std::stable_partition(old_.begin(), old_.end(), is_busy);
    std::vector<std::unique_ptr<Generation>> over{std::make_move_iterator(idle), std::make_move_iterator(old_.end())};
    old_.erase(idle, old_.end());
    lock.unlock();
    over.clear();
    lock.lock();
    changed_.wait_for(lock, stop, between_looks, [] { return false; });
  }
}

}  // namespace tomada::app
