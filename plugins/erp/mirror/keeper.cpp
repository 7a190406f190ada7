#include "mirror/keeper.hpp"

#include "mirror/copying.hpp"
#include "mirror/lock.hpp"

#include <chrono>
#include <exception>
#include <utility>
#include <vector>

namespace tomada::erp::mirror {

Keeper::Keeper(Store& store, Feed& feed, std::string lock_path, sdk::Host host, std::function<void()> also)
    : store_{store}, feed_{feed}, lock_path_{std::move(lock_path)}, host_{host}, also_{std::move(also)} {}

Keeper::~Keeper() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Keeper::wake() {
  const std::lock_guard lock{mutex_};
  if (is_wanted_ || is_busy_) return;
  is_wanted_ = true;
  if (!thread_.joinable()) thread_ = std::jthread{[this](const std::stop_token& stop) { live(stop); }};
  changed_.notify_all();
}

bool Keeper::is_busy() const {
  const std::lock_guard lock{mutex_};
  return is_wanted_ || is_busy_;
}

std::string Keeper::trouble() const {
  const std::lock_guard lock{mutex_};
  return trouble_;
}

std::string Keeper::failure() const {
  const std::lock_guard lock{mutex_};
  return failure_;
}

void Keeper::remember(std::string failure) {
  const std::lock_guard lock{mutex_};
  failure_ = std::move(failure);
}

void Keeper::wait(std::int64_t ms) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, std::chrono::milliseconds{ms}, [this] { return !is_wanted_ && !is_busy_; });
}

void Keeper::live(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (changed_.wait(lock, stop, [this] { return is_wanted_; })) {
    is_wanted_ = false;
    is_busy_ = true;
    lock.unlock();
    auto trouble = copy(stop);
    lock.lock();
    trouble_ = std::move(trouble);
    is_busy_ = false;
    changed_.notify_all();
  }
}

std::string Keeper::copy(const std::stop_token& stop) {
  try {
    const Lock lock{lock_path_};
    if (!lock.is_held()) {
      remember({});
      return {};  // another process is at it
    }
    std::string failure;
    try {
      Copying copying{store_, feed_, [this] { return host_.unix_ms(); }};
      std::vector<Shelf> unread;
      for (const auto shelf : shelves)
        if (!copying.look(shelf, stop)) unread.push_back(shelf);
      also_();
      for (const auto shelf : unread) copying.read(shelf, stop);
    } catch (const sdk::ToolError& error) {
      failure = error.what();
    }
    const bool has_failed = !failure.empty();
    remember(std::move(failure));  // before anyone can see that it failed
    store_.note_attempt(has_failed);
  } catch (const sdk::Cancelled&) {
  } catch (const std::exception& error) {
    host_.log(TOMADA_ERROR, std::string{"the mirror could not be written: "} + error.what());
    return error.what();
  }
  return {};
}

}  // namespace tomada::erp::mirror
