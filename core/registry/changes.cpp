// The listeners are an immutable list that is replaced as a whole: telling reads it under the lock and calls outside.
#include "core/registry/changes.hpp"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace tomada::registry {

struct Changes::State {
  using Listeners = std::vector<std::shared_ptr<const Listener>>;

  std::mutex mutex;  // guards the one below
  std::shared_ptr<const Listeners> listeners = std::make_shared<const Listeners>();

  [[nodiscard]] std::shared_ptr<const Listeners> read() {
    const std::lock_guard lock{mutex};
    return listeners;
  }
  void add(std::shared_ptr<const Listener> listener) {
    const std::lock_guard lock{mutex};
    auto next = std::make_shared<Listeners>(*listeners);
    next->push_back(std::move(listener));
    listeners = std::move(next);
  }
  void remove(const std::shared_ptr<const Listener>& listener) {
    const std::lock_guard lock{mutex};
    auto next = std::make_shared<Listeners>(*listeners);
    next->erase(std::remove(next->begin(), next->end(), listener), next->end());
    listeners = std::move(next);
  }
  void tell(Changed what, std::string_view uri) {
    const auto all = read();
    for (const auto& listener : *all) (*listener)(what, uri);
  }
};

Changes::Changes() : state_{std::make_shared<State>()} {}
Changes::~Changes() = default;

Changes::Subscription Changes::subscribe(Listener listener) {
  auto kept = std::make_shared<const Listener>(std::move(listener));
  state_->add(kept);
  return Subscription{state_, std::move(kept)};
}

void Changes::tell(Changed list) const { state_->tell(list, {}); }
void Changes::tell_updated(std::string_view uri) const { state_->tell(Changed::resource, uri); }
void Changes::tell_task(std::string_view id) const { state_->tell(Changed::task, id); }

Changes::Subscription& Changes::Subscription::operator=(Subscription&& other) noexcept {
  Subscription ended{std::move(*this)};
  state_ = std::move(other.state_);
  listener_ = std::move(other.listener_);
  return *this;
}

Changes::Subscription::~Subscription() {
  const auto state = listener_ ? state_.lock() : nullptr;
  if (state) state->remove(listener_);
}

}  // namespace tomada::registry
