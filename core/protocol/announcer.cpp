#include "core/protocol/announcer.hpp"

#include <algorithm>
#include <vector>

namespace tomada::protocol {

using registry::Changed;

struct Announcer::State {
  using Change = std::pair<Changed, std::string>;
  struct Pace {
    SteadyTime free_at;  // the next may be announced then
    bool is_pending = false;
  };

  State(const Clock& time, std::shared_ptr<Alarm> waker, Announce to)
      : clock{time}, alarm{std::move(waker)}, announce{std::move(to)} {}

  void take(Changed what, std::string_view uri);
  [[nodiscard]] bool admit(Changed what, std::string_view uri);
  [[nodiscard]] std::vector<Change> take_due();
  [[nodiscard]] std::optional<SteadyTime> next();

  const Clock& clock;
  const std::shared_ptr<Alarm> alarm;
  const Announce announce;
  std::mutex mutex;  // guards the one below
  std::map<Change, Pace> paces;
};

// True: now. False: with the alarm.
bool Announcer::State::admit(Changed what, std::string_view uri) {
  const auto now = clock.steady_now();
  const std::lock_guard lock{mutex};
  auto& pace = paces[{what, std::string{uri}}];
  if (now >= pace.free_at && !pace.is_pending) {
    pace.free_at = now + breath;
    return true;
  }
  pace.is_pending = true;
  return false;
}

void Announcer::State::take(Changed what, std::string_view uri) {
  if (admit(what, uri)) announce(what, uri);
  alarm->wake_at(clock.steady_now() + breath);
}

std::vector<Announcer::State::Change> Announcer::State::take_due() {
  std::vector<Change> out;
  const auto now = clock.steady_now();
  const std::lock_guard lock{mutex};
  for (auto at = paces.begin(); at != paces.end();) {
    auto& [change, pace] = *at;
    const bool is_due = now >= pace.free_at;
    const bool is_over = is_due && !pace.is_pending;
    if (is_due && pace.is_pending) {
      out.push_back(change);
      pace = {now + breath, false};
    }
    at = is_over ? paces.erase(at) : std::next(at);
  }
  return out;
}

std::optional<SteadyTime> Announcer::State::next() {
  std::optional<SteadyTime> out;
  const std::lock_guard lock{mutex};
  for (const auto& [_, pace] : paces) out = earlier(out, pace.free_at);
  return out;
}

Announcer::Announcer(registry::Changes& changes, const Clock& clock, std::shared_ptr<Alarm> alarm, Announce announce)
    : state_{std::make_shared<State>(clock, std::move(alarm), std::move(announce))},
      subscription_{changes.subscribe([weak = std::weak_ptr{state_}](Changed what, std::string_view uri) {
        if (const auto state = weak.lock()) state->take(what, uri);
      })} {}

std::optional<SteadyTime> Announcer::look() {
  for (const auto& [what, uri] : state_->take_due()) state_->announce(what, uri);
  return state_->next();
}

}  // namespace tomada::protocol
