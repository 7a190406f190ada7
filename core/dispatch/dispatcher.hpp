#pragma once
// Dispatcher: finds the tool, runs the stages around it, delivers exactly one outcome.
#include "core/base/clock.hpp"
#include "core/dispatch/stage.hpp"
#include "core/registry/catalogue.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace tomada::dispatch {

class Dispatcher final : public Resumer {
 public:
  Dispatcher(const registry::Registry& registry, std::vector<std::unique_ptr<Stage>> stages, const Clock& clock);

  void run(const std::shared_ptr<registry::Call>& call) override;
  // [any thread]; the outcome may be delivered before it returns.
  void resume(std::shared_ptr<registry::Call> call) override;
  void extend(registry::Call& call, SteadyTime until) const;  // it may take until then; one that has ended is let be

  [[nodiscard]] std::shared_ptr<const registry::Catalogue> catalogue() const { return registry_.read(); }
  [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_.load(); }
  void drain() noexcept { is_draining_ = true; }  // new calls are refused from now on
  [[nodiscard]] bool is_draining() const noexcept { return is_draining_.load(); }
  void end_all();  // answers every call that may take long with "shutting down" and asks its tool to stop
  [[nodiscard]] bool wait_until_idle(Milliseconds at_most);

 private:
  void proceed(const std::shared_ptr<registry::Call>& call);
  void leave(registry::Call& call, registry::Outcome& outcome) noexcept;

  const registry::Registry& registry_;
  const std::vector<std::unique_ptr<Stage>> stages_;
  const Clock& clock_;
  std::atomic<std::size_t> in_flight_{0};
  std::atomic<bool> is_draining_{false};
  std::mutex idle_mutex_;
  std::condition_variable idle_;
};

}  // namespace tomada::dispatch
