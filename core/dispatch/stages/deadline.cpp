// One ordered list of due times and one thread that sleeps until the nearest. Inline tools never block and are not
// watched. A watched call is held weakly: the list must not keep a finished call alive. A call that ends in time does
// not shorten the sleep, so that a server of quick calls wakes the thread once per allowed time and not once per call.
#include "core/dispatch/stages/deadline.hpp"

#include "core/base/text.hpp"
#include "core/dispatch/slots.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {

struct Deadline::Watched {
  std::weak_ptr<registry::Call> call;
  Due::iterator place;
  bool is_listed = true;
};

namespace {

registry::Outcome too_late(const registry::Call& call, Milliseconds allowed) {
  auto outcome = registry::Outcome::tool_error(text::concat(
      {call.target->description().name, " did not answer within ", std::to_string(allowed.count()),
       " ms and was stopped. Ask for less (a smaller limit, a narrower period), or call again: what the upstream "
       "answered meanwhile is kept for a while"}));
  outcome.is_private = true;
  return outcome;
}

}  // namespace

Deadline::Deadline(Milliseconds at_most, const Clock& clock)
    : at_most_{at_most}, clock_{clock}, thread_{[this] { watch(); }} {}

Deadline::~Deadline() {
  {
    const std::lock_guard lock{mutex_};
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Verdict Deadline::enter(registry::Call& call) {
  const auto& request = call.request();
  const SteadyTime latest = call.started + request.time_limit.value_or(at_most_);
  call.deadline = request.deadline ? std::min(*request.deadline, latest) : latest;
  if (call.target->description().runs_inline) return GoOn{};
  list(call);
  if (call.is_finished()) forget(call);  // ended meanwhile: its leave may have passed
  return GoOn{};
}

void Deadline::list(registry::Call& call) {
  auto watched = std::make_unique<Watched>();
  watched->call = call.weak_from_this();
  const std::lock_guard lock{mutex_};
  watched->place = due_.emplace(call.deadline.load(), watched.get());
  call.slots[deadline_slot] = watched.release();
  if (call.deadline.load() >= wakes_at_) return;
  wakes_at_ = call.deadline.load();
  changed_.notify_one();
}

void Deadline::leave(registry::Call& call, registry::Outcome&) noexcept { forget(call); }

void Deadline::forget(registry::Call& call) noexcept {
  const std::unique_ptr<Watched> watched{static_cast<Watched*>(call.slots[deadline_slot].exchange(nullptr))};
  if (!watched) return;
  const std::lock_guard lock{mutex_};
  if (watched->is_listed) due_.erase(watched->place);
}

// The slot is only read: whoever ends the call meanwhile takes it, and waits for the lock to strike it off the list.
void Deadline::extend(registry::Call& call, SteadyTime until) {
  const std::lock_guard lock{mutex_};
  auto* watched = static_cast<Watched*>(call.slots[deadline_slot].load());
  if (!watched || !watched->is_listed) return;
  due_.erase(watched->place);
  call.deadline = until;
  watched->place = due_.emplace(until, watched);
  if (until >= wakes_at_) return;
  wakes_at_ = until;
  changed_.notify_one();
}

// The watched calls that are due, off the list.
Deadline::Calls Deadline::take(SteadyTime until) {
  Calls out;
  const std::lock_guard lock{mutex_};
  while (!due_.empty() && due_.begin()->first <= until) {
    Watched& watched = *due_.begin()->second;
    watched.is_listed = false;
    if (auto call = watched.call.lock()) out.push_back(std::move(call));
    due_.erase(due_.begin());
  }
  return out;
}

void Deadline::expire() {
  for (const auto& call : take(clock_.steady_now())) {
    call->cancel();
    call->finish(too_late(*call, std::chrono::duration_cast<Milliseconds>(call->deadline.load() - call->started)));
  }
}

void Deadline::end_all(const registry::Outcome& outcome) {
  for (const auto& call : take(SteadyTime::max())) {
    call->finish(outcome);
    call->cancel();
  }
}

void Deadline::watch() {
  std::unique_lock lock{mutex_};
  while (!is_stopping_) {
    wakes_at_ = due_.empty() ? SteadyTime::max() : due_.begin()->first;
    if (due_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_for(lock, wakes_at_ - clock_.steady_now());
    }
    if (is_stopping_ || due_.empty() || due_.begin()->first > clock_.steady_now()) continue;
    lock.unlock();
    expire();
    lock.lock();
  }
}

}  // namespace tomada::dispatch
