// Threads of this process queue; only the first of them asks the shared ledger, again when a slot comes back here and
// every few milliseconds for those that other processes hold. Blocks and pauses are told at once, not waited for. It
// deliberately does not reserve the future: whoever is first when the window moves on goes.
#include "core/upstream/gate.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

constexpr Milliseconds poll{15};        // between looks at what other processes hold
constexpr Milliseconds look_aside{40};  // of those who wait for all others
constexpr Milliseconds abandoned_margin{1'000};
constexpr Milliseconds longest_pause{30 * 60'000};
constexpr UnixMs forgiveness_ms = 30 * 60'000;  // faults older than the ERP's longest block count no more

std::string seconds(Milliseconds time) { return std::to_string((time.count() + 999) / 1000); }

}  // namespace

Gate::Gate(std::string upstream, std::string method, GateLimits limits, std::unique_ptr<Ledger> ledger, Ledger& total,
           const Clock& clock)
    : upstream_{std::move(upstream)},
      method_{std::move(method)},
      limits_{limits},
      ledger_{std::move(ledger)},
      total_{total},
      clock_{clock} {}

Gate::Permit::~Permit() {
  if (gate_) gate_->give_back(place_, is_abandoned_);
}

class Gate::Queued final {
 public:
  Queued(Gate& gate, std::unique_lock<std::mutex>& lock) : gate_{gate}, lock_{lock} { gate_.queue_.push_back(&ticket); }
  Queued(const Queued&) = delete;
  Queued& operator=(const Queued&) = delete;
  ~Queued() {
    if (!lock_.owns_lock()) lock_.lock();  // a look at the ledger has thrown
    gate_.queue_.erase(std::find(gate_.queue_.begin(), gate_.queue_.end(), &ticket));
    gate_.nudge_first();
  }

  Ticket ticket;

 private:
  Gate& gate_;
  std::unique_lock<std::mutex>& lock_;
};

Result<Gate::Permit> Gate::enter(const Patience& patience) {
  std::unique_lock lock{mutex_};
  Queued queued{*this, lock};
  Ticket& ticket = queued.ticket;
  const bool is_first =
      ticket.turn.wait_for(lock, patience.stop(), patience.left(), [&] { return queue_.front() == &ticket; });
  if (!is_first) return refusal_in_queue(patience);
  return wait_in_front(lock, ticket, patience);
}

Result<Gate::Permit> Gate::wait_in_front(std::unique_lock<std::mutex>& lock, Ticket& ticket, const Patience& patience) {
  for (;;) {
    Later later;
    ticket.is_nudged = false;
    lock.unlock();
    const auto place = try_enter(later, Urgency::ordinary);
    lock.lock();
    if (place) return Permit{*this, *place};
    const Milliseconds wait = later.until ? Milliseconds{std::max<UnixMs>(*later.until - now(), 1)} : poll;
    const bool is_hopeless = is_to_be_told(later) || (!is_about_slots(later) && !patience.allows(wait));
    if (is_hopeless || patience.is_over()) return refusal(later, patience);
    // A known time is polled too: an answer that comes meanwhile may lift a pause.
    (void)ticket.turn.wait_for(lock, patience.stop(), std::min({wait, patience.left(), Milliseconds{200}}),
                               [&] { return ticket.is_nudged; });
  }
}

Result<Gate::Permit> Gate::enter_aside(const Patience& patience) {
  std::unique_lock lock{mutex_};
  Ticket ticket;  // in no queue: whoever comes goes before it
  for (;;) {
    Later later;
    if (queue_.empty()) {
      lock.unlock();
      const auto place = try_enter(later, Urgency::aside);
      lock.lock();
      if (place) return Permit{*this, *place};
      if (is_to_be_told(later)) return refusal(later, patience);
    }
    if (patience.is_over()) return refusal_in_queue(patience);
    const Milliseconds wait = later.until ? Milliseconds{std::max<UnixMs>(*later.until - now(), 1)} : look_aside;
    (void)ticket.turn.wait_for(lock, patience.stop(), std::min({wait, patience.left(), look_aside}),
                               [&] { return ticket.is_nudged; });
  }
}

void Gate::nudge_first() {
  if (queue_.empty()) return;
  queue_.front()->is_nudged = true;
  queue_.front()->turn.notify_one();
}

std::size_t Gate::usable_slots(const Record& record) const {
  if (limits_.fault_limit == 0) return limits_.max_concurrent;
  // The nearer the ERP's patience ends, the fewer go at once: all of them may fail.
  const std::size_t left = record.failures < limits_.fault_limit ? limits_.fault_limit - record.failures : 1;
  return std::min(limits_.max_concurrent, left);
}

std::optional<Gate::Later> Gate::obstacle(Ledger::Session& session, UnixMs at, Urgency urgency) const {
  Record& record = session.record;
  if (record.last_failure + forgiveness_ms < at) record.failures = 0;
  if (record.blocked_until > at)
    return Later{Obstacle::block, record.blocked_until, std::string{record.reason_text()}, record.failures};
  if (limits_.fault_limit != 0 && record.failures >= limits_.fault_limit && record.paused_until > at)
    return Later{Obstacle::pause, record.paused_until, std::string{record.reason_text()}, record.failures};
  if (record.not_before > at) return Later{Obstacle::hold, record.not_before, {}, 0};
  if (const auto until = session.full_until(at, limits_.window, share(limits_.per_window, urgency)))
    return Later{Obstacle::rate, until, {}, 0};
  return std::nullopt;
}

std::optional<Gate::Place> Gate::try_enter(Later& later, Urgency urgency) {
  const UnixMs at = now();
  Ledger::Session session{*ledger_};
  if (auto found = obstacle(session, at, urgency)) {
    later = std::move(*found);
    return std::nullopt;
  }
  const std::size_t usable = usable_slots(session.record);
  const auto slot = session.take_slot(at, usable);
  if (!slot) {
    later.until = session.next_margin_end(at, usable);
    later.obstacle = later.until ? Obstacle::margin : Obstacle::slot;
    return std::nullopt;
  }
  Ledger::Session total{total_};  // always after the method's own: no two wait for each other
  if (const auto until = total.full_until(at, limits_.window, share(limits_.total_per_window, urgency))) {
    session.give_back(*slot, at);
    later = Later{Obstacle::total_rate, until, {}, 0};
    return std::nullopt;
  }
  return Place{*slot, session.note_sent(at), total.note_sent(at)};
}

void Gate::give_back(const Place& place, bool is_abandoned) {
  {
    const UnixMs at = now();
    Ledger::Session session{*ledger_};
    session.note_done(place.number, at);
    session.give_back(place.slot, at + (is_abandoned ? abandoned_margin : limits_.release_margin).count());
    Ledger::Session total{total_};
    total.note_done(place.total_number, at);
  }
  const std::lock_guard lock{mutex_};
  nudge_first();
}

std::optional<std::string> Gate::closed() const {
  const Record record = ledger_->read();
  const bool is_paused =
      limits_.fault_limit != 0 && record.failures >= limits_.fault_limit && record.paused_until > now();
  if (record.blocked_until <= now() && !is_paused) return std::nullopt;
  const UnixMs until = std::max(record.blocked_until, is_paused ? record.paused_until : 0);
  return text::concat({upstream_, " ", method_,
                       record.blocked_until > now() ? " is blocked by the upstream (" : " is paused after faults (",
                       record.reason_text(), ") for another ", seconds(Milliseconds{until - now()}), " s"});
}

void Gate::note_answer() {
  if (ledger_->read().failures == 0) return;
  Ledger::Session session{*ledger_};
  session.record.failures = 0;
  session.record.paused_until = 0;
}

void Gate::note_fault(std::string_view code) {
  Ledger::Session session{*ledger_};
  Record& record = session.record;
  record.last_failure = now();
  ++record.failures;
  record.set_reason(code);
  if (limits_.fault_limit == 0 || record.failures < limits_.fault_limit) return;
  const auto doublings = std::min<std::uint64_t>(record.failures - limits_.fault_limit, 10);
  record.paused_until = now() + std::min(limits_.fault_pause * (1 << doublings), longest_pause).count();
}

void Gate::hold(Milliseconds at_least) {
  Ledger::Session session{*ledger_};
  session.record.not_before = std::max(session.record.not_before, now() + at_least.count());
}

void Gate::block(Milliseconds at_least, std::string_view code) {
  Ledger::Session session{*ledger_};
  session.record.blocked_until = std::max(session.record.blocked_until, now() + at_least.count());
  session.record.set_reason(code);
}

Error Gate::refusal(const Later& later, const Patience& patience) const {
  const std::string where = text::concat({"upstream.", upstream_});
  if (patience.is_cancelled() || is_about_slots(later)) return refusal_in_queue(patience);
  const std::string left = seconds(Milliseconds{*later.until - now()});
  const std::string subject = text::concat({upstream_, " ", method_});
  if (later.obstacle == Obstacle::block)
    return failure(ErrorCode::unreachable,
                   text::concat({upstream_, " has blocked ", method_, " for this account (", later.reason,
                                 "); nothing was sent."}),
                   where, text::concat({"wait ", left, " s; asking earlier would prolong the block"}));
  if (later.obstacle == Obstacle::pause)
    return failure(
        ErrorCode::unreachable,
        text::concat({subject, " failed ", std::to_string(later.failures), " times in a row (last: ", later.reason,
                      "); nothing is sent for now, so that ", upstream_, " does not block the account."}),
        where, text::concat({"try again in ", left, " s; other arguments do not help before"}));
  const bool is_own_rate = later.obstacle == Obstacle::rate || later.obstacle == Obstacle::total_rate;
  return failure(ErrorCode::busy,
                 text::concat({is_own_rate ? "The requests per minute that " : "The time that ", upstream_,
                               is_own_rate ? " allows for " : " asked us to wait before the next ", method_,
                               is_own_rate ? " are used up." : " is not over."}),
                 where, text::concat({"try again in ", left, " s"}));
}

Error Gate::refusal_in_queue(const Patience& patience) const {
  const std::string where = text::concat({"upstream.", upstream_});
  if (patience.is_cancelled())
    return patience.error(upstream_, text::concat({"waiting for a turn to ask ", upstream_, " for ", method_}));
  return failure(ErrorCode::busy,
                 text::concat({upstream_, " allows ", std::to_string(limits_.max_concurrent), " ", method_,
                               " at once; others were ahead until the time was over."}),
                 where, "try again in 5 s, or allow the call more time");
}

}  // namespace tomada::upstream
