// A call walks down the stages, into its target, and back up through the leaves of the stages it entered. Nothing
// nests: `stages_entered` in the call is the whole stack, so a cache hit, a refused limit, a parked follower and an
// asynchronous tool take the same path. A stage's count goes up before its enter runs, because a parked call may be
// finished by another thread before enter has returned.
#include "core/dispatch/dispatcher.hpp"

#include "core/base/text.hpp"

namespace tomada::dispatch {

using registry::Call;
using registry::Outcome;
using registry::OutcomeKind;

namespace {

Outcome shutting_down() {
  return Outcome::failed(OutcomeKind::refused, "the server is shutting down; call again in a moment");
}

}  // namespace

Dispatcher::Dispatcher(const registry::Registry& registry, std::vector<std::unique_ptr<Stage>> stages,
                       const Clock& clock)
    : registry_{registry}, stages_{std::move(stages)}, clock_{clock} {
  for (const auto& stage : stages_) stage->attach(*this);
}

void Dispatcher::run(const std::shared_ptr<Call>& call) {
  in_flight_.fetch_add(1);
  call->started = clock_.steady_now();
  call->on_finish = [this](Call& finished, Outcome& outcome) { leave(finished, outcome); };
  if (is_draining_.load()) {
    call->finish(shutting_down());
    return;
  }
  call->target = call->request().target;
  if (!call->target) call->target = registry_.read()->find(call->request().tool);
  if (!call->target) {
    call->finish(
        Outcome::failed(OutcomeKind::unknown_tool, text::concat({"unknown tool \"", call->request().tool, "\""})));
    return;
  }
  proceed(call);
}

void Dispatcher::resume(std::shared_ptr<Call> call) {
  if (!call->is_finished()) proceed(call);
}

void Dispatcher::extend(Call& call, SteadyTime until) const {
  for (const auto& stage : stages_) stage->extend(call, until);
}

void Dispatcher::proceed(const std::shared_ptr<Call>& call) {
  while (call->stages_entered < stages_.size()) {
    Stage& stage = *stages_[call->stages_entered++];
    Verdict verdict = stage.enter(*call);
    if (std::holds_alternative<Parked>(verdict)) return;
    if (auto* answer = std::get_if<Outcome>(&verdict)) {
      --call->stages_entered;
      call->finish(std::move(*answer));
      return;
    }
  }
  const auto target = call->target;  // outlives the call's own reference
  target->start(call);
}

void Dispatcher::leave(Call& call, Outcome& outcome) noexcept {
  for (std::size_t i = call.stages_entered; i > 0; --i) stages_[i - 1]->leave(call, outcome);
  if (in_flight_.fetch_sub(1) == 1) {
    const std::lock_guard lock{idle_mutex_};
    idle_.notify_all();
  }
}

void Dispatcher::end_all() {
  drain();
  for (const auto& stage : stages_) stage->end_all(shutting_down());
}

bool Dispatcher::wait_until_idle(Milliseconds at_most) {
  std::unique_lock lock{idle_mutex_};
  return idle_.wait_for(lock, at_most, [this] { return in_flight_.load() == 0; });
}

}  // namespace tomada::dispatch
