#include "mirror/keeper.hpp"

#include "mirror/copying.hpp"
#include "mirror/lock.hpp"

#include <chrono>
#include <exception>
#include <utility>
#include <vector>

namespace tomada::erp::mirror {

Keeper::Keeper(Store& store, Feed& feed, std::string lock_path, sdk::Host host, Also also)
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

std::int64_t Keeper::awaited_look() const {
  const std::lock_guard lock{mutex_};
  return is_busy_ ? looks_ : looks_ + 1;
}

std::string Keeper::failure(Shelf shelf, std::int64_t look) const {
  const std::lock_guard lock{mutex_};
  const auto& failure = failures_[place_of(shelf)];
  return failure.look >= look ? failure.why : std::string{};
}

void Keeper::remember(Shelf shelf, std::string why) {
  const std::lock_guard lock{mutex_};
  failures_[place_of(shelf)] = {std::move(why), looks_};
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
    ++looks_;
    lock.unlock();
    auto trouble = copy(stop);
    lock.lock();
    trouble_ = std::move(trouble);
    is_busy_ = false;
    changed_.notify_all();
  }
}

template <class Work>
bool Keeper::has_read(Shelf shelf, Work work) {
  try {
    work();
    remember(shelf, {});
    return true;
  } catch (const sdk::ToolError& error) {
    remember(shelf, error.what());
    return false;
  }
}

// What has changed is short and comes first; a list that is read whole may take long.
Marks Keeper::read_shelves(const std::stop_token& stop) {
  Copying copying{store_, feed_, [this] { return host_.unix_ms(); }};
  Marks failed{};
  std::vector<Shelf> unread;
  for (const auto shelf : shelves) {
    failed[place_of(shelf)] = !has_read(shelf, [&] {
      if (!copying.look(shelf, stop)) unread.push_back(shelf);
    });
  }
  for (const auto shelf : unread) failed[place_of(shelf)] = !has_read(shelf, [&] { copying.read(shelf, stop); });
  return failed;
}

std::string Keeper::copy(const std::stop_token& stop) {
  try {
    const Lock lock{lock_path_};
    if (!lock.is_held()) return {};  // another process is at it
    store_.note_attempt(read_shelves(stop));
    also_(stop);
  } catch (const sdk::Cancelled&) {
  } catch (const sdk::ToolError&) {  // beside the shelves
  } catch (const std::exception& error) {
    host_.log(TOMADA_ERROR, std::string{"the mirror could not be written: "} + error.what());
    return error.what();
  }
  return {};
}

}  // namespace tomada::erp::mirror
