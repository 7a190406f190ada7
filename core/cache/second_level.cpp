// Callers only leave things in queues, so a hit of the first level never comes here, and a call waits at most for the
// answer to its look. A write stands in the queue before the first level forgets what it touches: a look that was
// answered earlier has brought its answer to the first level by then, a later one is asked behind the write.
#include "core/cache/second_level.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <utility>

namespace tomada::cache {
namespace {

constexpr std::size_t most_asked = 4096, most_parcel_bytes = 16u << 20, largest_parcel = 1u << 20;
constexpr Milliseconds round{1'000};

}  // namespace

SecondLevel::SecondLevel(SecondLevelOptions options, ResultCache& first, std::unique_ptr<Wire> wire, const Clock& clock)
    : options_{std::move(options)},
      first_{first},
      wire_{std::move(wire)},
      clock_{clock},
      random_{std::random_device{}()},
      trouble_{failure(ErrorCode::unreachable, "it is not connected yet", {}, "wait a moment")} {}

SecondLevel::~SecondLevel() { stop(); }

void SecondLevel::start() {
  thread_ = std::jthread{[this](const std::stop_token& stop) {
    while (!stop.stop_requested()) work(round);
    if (is_up_ && has_work()) exchange();
  }};
}

void SecondLevel::stop() {
  if (thread_.joinable()) {
    thread_.request_stop();
    wire_->wake();
    thread_.join();
  }
  if (is_up_) go_down(failure(ErrorCode::cancelled, "the server is shutting down"));
}

void SecondLevel::belong_to(std::optional<CipherKey> key) {
  key_.publish(key ? std::make_shared<const CipherKey>(*key) : nullptr);
}

bool SecondLevel::look(std::string_view key, const Matter& matter, Look then) {
  if (!is_up_) return false;
  auto mine = key_.read();
  if (!mine) return false;
  auto place = place_of(*mine, key);
  bool is_first = false;
  {
    const std::lock_guard lock{mutex_};
    if (!is_up_ || asked_.size() >= most_asked) return false;
    is_first = asked_.empty();
    asked_.push_back({std::move(mine), std::string{key}, std::move(place), matter, std::move(then)});
  }
  if (is_first) wire_->wake();
  return true;
}

void SecondLevel::keep(Ticket ticket, std::shared_ptr<const Entry> entry) {
  const auto bytes = entry->bytes();
  bool is_first = false;
  {
    const std::lock_guard lock{mutex_};
    if (bytes > largest_parcel || parcel_bytes_ + bytes > most_parcel_bytes) {
      ++dropped_;
      return;
    }
    is_first = parcels_.empty();
    parcel_bytes_ += bytes;
    parcels_.push_back({std::move(ticket), std::move(entry)});
  }
  if (is_first) wire_->wake();
}

void SecondLevel::dirty(const Matter& write, ResultCache::Write write_is) {
  const auto ticket = tell(epochs_moved_by(write));
  first_.dirty(write, write_is);
  wait_until_told(ticket);
}

void SecondLevel::clear() {
  const auto ticket = tell({std::string{epoch_of_everything}});
  first_.clear();
  wait_until_told(ticket);
}

std::uint64_t SecondLevel::tell(std::vector<std::string> epochs) {
  const std::lock_guard lock{mutex_};
  for (auto& each : epochs) moves_.insert(std::move(each));
  return ++moves_asked_;
}

void SecondLevel::wait_until_told(std::uint64_t ticket) {
  wire_->wake();
  if (!is_up_ || std::this_thread::get_id() == thread_.get_id()) return;
  std::unique_lock lock{mutex_};
  settled_.wait_for(lock, options_.patience, [&] { return moves_told_ >= ticket || !is_up_; });
}

bool SecondLevel::has_work() const {
  const std::lock_guard lock{mutex_};
  return !moves_.empty() || !asked_.empty() || !parcels_.empty();
}

SharedStatistics SecondLevel::statistics() const {
  SharedStatistics out{hits_, misses_, errors_, kept_, dropped_};
  const std::lock_guard lock{mutex_};
  out.queued = parcels_.size();
  return out;
}

Result<void> SecondLevel::condition() const {
  const std::lock_guard lock{mutex_};
  if (trouble_) return *trouble_;
  if (refusal_) return *refusal_;
  return {};
}

}  // namespace tomada::cache
