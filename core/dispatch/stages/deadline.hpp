#pragma once
// Deadline: a call that takes longer than it may is answered by the server and its tool is asked to stop.
#include "core/base/clock.hpp"
#include "core/dispatch/stage.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tomada::dispatch {

class Deadline final : public Stage {
 public:
  Deadline(Milliseconds at_most, const Clock& clock);
  ~Deadline() override;

  [[nodiscard]] Verdict enter(registry::Call& call) override;
  void leave(registry::Call& call, registry::Outcome& outcome) noexcept override;

  void extend(registry::Call& call, SteadyTime until) override;
  void end_all(const registry::Outcome& outcome) override;
  void expire();  // answers every call whose time is over; the watching thread does it by itself

 private:
  struct Watched;
  using Due = std::multimap<SteadyTime, Watched*>;
  using Calls = std::vector<std::shared_ptr<registry::Call>>;
  [[nodiscard]] Calls take(SteadyTime until);
  void watch();
  void list(registry::Call& call);
  void forget(registry::Call& call) noexcept;

  const Milliseconds at_most_;
  const Clock& clock_;
  std::mutex mutex_;  // guards the four below
  std::condition_variable changed_;
  Due due_;
  SteadyTime wakes_at_ = SteadyTime::max();  // the watching thread sleeps until then
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace tomada::dispatch
