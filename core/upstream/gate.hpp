#pragma once
// Gate: lets requests of one account and method through, as many as the upstream allows, in the order they came.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/upstream/ledger.hpp"
#include "core/upstream/patience.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::upstream {

struct GateLimits {
  std::size_t max_concurrent = 4;
  std::size_t per_window = 0;        // 0: unlimited
  std::size_t total_per_window = 0;  // of the whole upstream
  Milliseconds window{60'000};
  std::size_t fault_limit = 0;  // 0: faults never stop it
  Milliseconds fault_pause{60'000};
  Milliseconds release_margin{20};
};

class Gate final {
 public:
  Gate(std::string upstream, std::string method, GateLimits limits, std::unique_ptr<Ledger> ledger, Ledger& total,
       const Clock& clock);

  struct Place {
    std::size_t slot = 0;
    std::uint64_t number = 0, total_number = 0;  // in the two ledgers
  };
  // A place on the upstream's side; given back when it ends.
  class Permit final {
   public:
    Permit(Gate& gate, Place place) : gate_{&gate}, place_{place} {}
    Permit(Permit&& other) noexcept : gate_{std::exchange(other.gate_, nullptr)}, place_{other.place_} {}
    Permit& operator=(Permit&&) = delete;
    ~Permit();
    void note_abandoned() noexcept { is_abandoned_ = true; }  // the upstream may still be working on it

   private:
    Gate* gate_;
    Place place_;
    bool is_abandoned_ = false;
  };

  [[nodiscard]] Result<Permit> enter(const Patience& patience);
  // For whom nobody waits: goes only when the queue is empty, and never on the last quarter of the limits.
  [[nodiscard]] Result<Permit> enter_aside(const Patience& patience);
  // Errors: busy (not before the deadline; the hint has the seconds), unreachable (blocked or paused beyond the
  // deadline; nothing was sent), cancelled.

  [[nodiscard]] std::optional<std::string> closed() const;  // one sentence when blocked or paused now

  void note_answer();                      // the upstream answered properly
  void note_fault(std::string_view code);  // it answered a fault: too many in a row and it blocks the account
  void hold(Milliseconds at_least);        // it asked to wait
  void block(Milliseconds at_least, std::string_view code);  // it blocks the account

 private:
  struct Ticket {
    std::condition_variable_any turn;
    bool is_nudged = false;
  };
  class Queued;  // a ticket in the queue, until it goes
  enum class Obstacle { slot, margin, rate, total_rate, hold, pause, block };
  struct Later {
    Obstacle obstacle = Obstacle::slot;
    std::optional<UnixMs> until;  // none: when somebody gives a slot back
    std::string reason;           // of a pause or block
    std::uint64_t failures = 0;
  };
  [[nodiscard]] static bool is_about_slots(const Later& later) {  // somebody may give one back at any time
    return later.obstacle == Obstacle::slot || later.obstacle == Obstacle::margin;
  }
  [[nodiscard]] static bool is_to_be_told(const Later& later) {  // rather than waited for
    return later.obstacle == Obstacle::pause || later.obstacle == Obstacle::block;
  }

  enum class Urgency { aside, ordinary };
  [[nodiscard]] static std::size_t share(std::size_t limit, Urgency urgency) noexcept {
    return urgency == Urgency::aside ? limit - limit / 4 : limit;
  }
  [[nodiscard]] std::optional<Place> try_enter(Later& later, Urgency urgency);
  [[nodiscard]] std::optional<Later> obstacle(Ledger::Session& session, UnixMs now, Urgency urgency) const;
  [[nodiscard]] std::size_t usable_slots(const Record& record) const;
  [[nodiscard]] Result<Permit> wait_in_front(std::unique_lock<std::mutex>& lock, Ticket& ticket,
                                             const Patience& patience);
  [[nodiscard]] Error refusal(const Later& later, const Patience& patience) const;
  [[nodiscard]] Error refusal_in_queue(const Patience& patience) const;
  void nudge_first();
  void give_back(const Place& place, bool is_abandoned);
  [[nodiscard]] UnixMs now() const { return unix_ms(clock_.wall_now()); }

  const std::string upstream_, method_;
  const GateLimits limits_;
  const std::unique_ptr<Ledger> ledger_;
  Ledger& total_;
  const Clock& clock_;
  std::mutex mutex_;  // guards the queue; never held while a file is locked
  std::deque<Ticket*> queue_;
};

}  // namespace tomada::upstream
