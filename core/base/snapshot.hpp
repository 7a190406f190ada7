#pragma once
// Snapshot<T>: publish an immutable T to many readers; readers keep theirs as long as they need it.
#include <memory>
#include <mutex>
#include <utility>

namespace tomada {

template <class T>
class Snapshot {
 public:
  Snapshot() = default;
  explicit Snapshot(std::shared_ptr<const T> first) : current_{std::move(first)} {}

  [[nodiscard]] std::shared_ptr<const T> read() const {
    const std::lock_guard lock{mutex_};
    return current_;
  }
  void publish(std::shared_ptr<const T> next) {
    {
      const std::lock_guard lock{mutex_};
      current_.swap(next);
    }  // the old one dies outside the lock
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> current_;
};

}  // namespace tomada
