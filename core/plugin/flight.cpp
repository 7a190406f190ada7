#include "core/plugin/flight.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/plugin/answer.hpp"
#include "core/plugin/bridge.hpp"
#include "core/plugin/caller.hpp"
#include "core/plugin/instance.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <utility>

namespace tomada::plugin {
namespace {

using registry::Outcome;
using registry::OutcomeKind;

Flight& flight_of(tomada_call* call) noexcept { return *static_cast<Flight*>(call); }

tomada_text borrowed(std::string_view text) noexcept { return {text.data(), text.size()}; }

}  // namespace

void Flight::Wake::operator()() const noexcept {
  try {
    function(context);
  } catch (...) {  // rule 3 of the ABI; whoever cancelled must not pay for it
  }
}

Flight::Flight(Instance& instance, Bridge& served_by, std::shared_ptr<registry::Call> served)
    : CallFace{std::move(served)}, instance_{instance}, bridge_{served_by} {}

void Flight::fill_face() {
  const auto& call = call_in_hand();
  const auto& request = call.request();
  arguments_ = call.arguments_text();
  principal_ = principal_text(*request.principal);
  size = sizeof(tomada_call);
  tool = bridge_.index();
  arguments = borrowed(arguments_);
  answers = borrowed(request.answers);
  state = borrowed(request.state);
  principal = borrowed(principal_);
  correlation = borrowed(request.correlation);
  if (const auto latest = call.deadline.load(); latest != registry::Call::no_deadline) {
    const auto left = std::chrono::ceil<Milliseconds>(latest - instance_.ground().clock.steady_now()).count();
    deadline_ms = left > 0 ? left : 1;
  }
  finish = &finish_call;
  progress = &report_progress;
  cancelled = &is_cancelled;
  on_cancel = &call_on_cancel;
  tomada_call::log = &write_log;
  capabilities = &tell_capabilities;
  hang_up = &hang_up_client;
  tomada_call::become_task = &turn_into_task;
}

void Flight::run_inline() noexcept {
  run();
  step_back();
}

void Flight::run_on_worker() noexcept {
  has_turn_ = bridge_.is_serial();
  seat_ = Seat::taken;
  run();
  const auto seat = seat_.exchange(Seat::none);
  if (seat == Seat::given_back) instance_.ground().workers.come_back();
  if (seat == Seat::taken) instance_.lane().leave();
  step_back();
}

void Flight::run() noexcept {
  try {
    enter_plugin();
  } catch (const std::exception& exception) {
    threw(exception.what());
  } catch (...) {
    threw("something that is no std::exception");
  }
}

void Flight::threw(std::string_view what) noexcept {
  const bool was_over = is_over_.exchange(true);
  auto outcome = blame(text::concat({"it threw ", what, was_over ? " after it had finished" : ""}));
  if (!was_over) deliver(std::move(outcome));
}

void Flight::enter_plugin() {
  const auto& call = call_in_hand();
  if (call.is_finished() || call.stop_token().stop_requested()) {
    is_over_ = true;
    deliver(Outcome::failed(OutcomeKind::cancelled, "cancelled before the tool began"));
    return;
  }
  fill_face();
  bridge_.enter(instance_.handle(), *this);
}

void Flight::refuse(Outcome outcome) noexcept {
  is_over_ = true;
  deliver(std::move(outcome));
  step_back();
}

std::shared_ptr<registry::Call> Flight::forget() noexcept {
  arguments_.clear();
  principal_.clear();
  return give_up();
}

void Flight::step_back() noexcept {
  if (ends_left_.fetch_sub(1) != 1) return;
  if (has_turn_) bridge_.give_turn();
  instance_.bury(*this);  // nothing of this flight is touched from here on
}

void Flight::deliver(Outcome outcome) noexcept {
  decltype(wakes_) finished;
  {
    const std::lock_guard lock{mutex_};
    finished.swap(wakes_);
  }
  finished.clear();  // waits for a wake that runs on another thread: after finish() none runs any more
  const auto kind = outcome.kind;
  try {
    auto& call = call_in_hand();
    if (!call.finish(std::move(outcome)) && kind != OutcomeKind::cancelled) {
      instance_.ledger().late(bridge_.name(), call.request().correlation);
    }
  } catch (const std::exception& exception) {
    instance_.ledger().log().error("an outcome could not be delivered", {{"problem", exception.what()}});
  }
  step_back();
}

Outcome Flight::blame(std::string_view problem) noexcept {
  const auto& trace = call_in_hand().request().correlation;
  instance_.ledger().misbehaved(bridge_.name(), problem, trace);
  return Outcome::failed(OutcomeKind::internal,
                         text::concat({"the plugin \"", instance_.name(), "\" answered ", bridge_.name(),
                                       " wrongly; the server's log has the details under ", trace}));
}

Outcome Flight::read(const tomada_answer* answer) noexcept {
  try {
    auto outcome = read_answer(answer, bridge_.output(), bridge_.approved());
    if (!outcome) return blame(outcome.error().message);
    outcome->is_unreachable = outcome->kind == OutcomeKind::tool_error && is_unreachable.load();
    outcome->has_upstream_failed = outcome->kind == OutcomeKind::tool_error && has_upstream_failed.load();
    date(outcome->freshness);
    return std::move(*outcome);
  } catch (const std::exception& exception) {
    return blame(exception.what());
  }
}

// What the plugin says of its facts counts; else the oldest upstream answer that it read within the call.
void Flight::date(registry::Freshness& freshness) const {
  const auto now = instance_.ground().clock.wall_now();
  const auto oldest = oldest_read_ms.load();
  if (!freshness.read_at)
    freshness.read_at = freshness.age.count() == 0 && oldest > 0 ? WallTime{Milliseconds{oldest}} : now - freshness.age;
  freshness.read_at = std::min(*freshness.read_at, now);
  freshness.age = std::chrono::floor<Milliseconds>(now - *freshness.read_at);
  if (oldest > 0 && !has_asked.load()) freshness.origin = registry::Origin::cache;
  if (const auto wait = refresh_in_ms.load(); wait > 0 && !freshness.refresh_in)
    freshness.refresh_in = Milliseconds{wait};
  if (!freshness.source.empty()) freshness.as_of = rfc3339(*freshness.read_at);
}

void Flight::finish_call(tomada_call* raw, const tomada_answer* answer) noexcept {
  auto& self = flight_of(raw);
  if (self.instance_.is_abandoned()) return;
  if (self.is_over_.exchange(true)) {
    self.instance_.ledger().misbehaved(self.bridge_.name(), "it finished a call twice");
    return;
  }
  self.deliver(self.read(answer));
}

// The call, kept alive for as long as it takes to tell it, or null when there is nothing to tell.
std::shared_ptr<registry::Call> Flight::accepts(tomada_text message, std::string_view what) noexcept {
  if (instance_.is_abandoned()) return nullptr;
  auto call = served();
  if (is_over_.load() || !call) {
    instance_.ledger().misbehaved(bridge_.name(), text::concat({"it ", what, " after it had finished"}));
    return nullptr;
  }
  const std::string_view bytes{message.data ? message.data : "", message.data ? message.size : 0};
  if (text::is_utf8(bytes)) return call;
  instance_.ledger().misbehaved(bridge_.name(), text::concat({"it ", what, " with bytes that are not UTF-8"}));
  return nullptr;
}

void Flight::report_progress(tomada_call* raw, double done, double total, tomada_text message) noexcept {
  auto& self = flight_of(raw);
  const auto call = self.accepts(message, "reported progress");
  if (!call) return;
  if (!std::isfinite(done) || !std::isfinite(total)) {
    return self.instance_.ledger().misbehaved(self.bridge_.name(), "it reported progress that is no number");
  }
  registry::Progress progress;
  progress.done = done;
  if (total > 0) progress.total = total;
  progress.message = {message.data ? message.data : "", message.size};
  try {
    call->progress(progress);
  } catch (const std::exception& exception) {
    self.instance_.ledger().log().error("progress could not be delivered", {{"problem", exception.what()}});
  }
}

bool Flight::is_cancelled(const tomada_call* raw) noexcept {
  const auto& self = *static_cast<const Flight*>(raw);
  if (self.instance_.is_abandoned() || self.is_over_.load()) return true;
  const auto call = self.served();
  return !call || call->is_finished() || call->stop_token().stop_requested();
}

void Flight::call_on_cancel(tomada_call* raw, void (*wake)(void*), void* context) noexcept {
  auto& self = flight_of(raw);
  if (!wake || self.instance_.is_abandoned() || self.is_over_.load()) return;
  const auto call = self.served();
  if (!call) return;
  // Outside the lock: when the call is cancelled already, wake runs right here and may finish the call.
  auto registered = std::make_unique<WakeOnStop>(call->stop_token(), Wake{wake, context});
  {
    const std::lock_guard lock{self.mutex_};
    if (!self.is_over_.load()) self.wakes_.push_back(std::move(registered));
  }
}

void Flight::write_log(tomada_call* raw, tomada_log_level level, tomada_text message) noexcept {
  auto& self = flight_of(raw);
  const auto call = self.accepts(message, "wrote to the log");
  if (!call) return;
  const std::string_view line{message.data ? message.data : "", message.size};
  self.instance_.ledger().write(level_of(level), self.bridge_.name(), line, call->request().correlation);
  try {
    call->log(static_cast<int>(level_of(level)), line);
  } catch (const std::exception& exception) {
    self.instance_.ledger().log().error("a log line could not be delivered", {{"problem", exception.what()}});
  }
}

void Flight::tell_capabilities(const tomada_call* raw, void* context, tomada_sink json) noexcept {
  const auto& self = *static_cast<const Flight*>(raw);
  const auto call = json && !self.instance_.is_abandoned() ? self.served() : nullptr;
  if (!call) return;
  try {
    const auto& declared = call->request().capabilities;
    json(context, borrowed(declared ? json::text(*declared) : "{}"));
  } catch (const std::exception& exception) {
    self.instance_.ledger().log().error("capabilities could not be told", {{"problem", exception.what()}});
  }
}

void Flight::hang_up_client(tomada_call* raw) noexcept {
  auto& self = flight_of(raw);
  const auto call = self.accepts({}, "hung up");
  if (!call) return;
  try {
    call->hang_up();
  } catch (const std::exception& exception) {
    self.instance_.ledger().log().error("a client could not be let go", {{"problem", exception.what()}});
  }
}

// Its client does not wait any more, so it must not keep others waiting. A serial tool's turn stays with it.
void Flight::give_seat_back() {
  if (seat_.load() != Seat::taken || !instance_.ground().workers.go_on_leave()) return;
  auto taken = Seat::taken;
  if (seat_.compare_exchange_strong(taken, Seat::given_back)) return instance_.lane().leave();
  instance_.ground().workers.come_back();  // its function has returned meanwhile
}

bool Flight::turn_into_task(tomada_call* raw) noexcept {
  auto& self = flight_of(raw);
  const auto call = self.accepts({}, "became a task");
  try {
    if (!call || !call->become_task()) return false;
    self.give_seat_back();
    return true;
  } catch (const std::exception& exception) {
    self.instance_.ledger().log().error("a call could not become a task", {{"problem", exception.what()}});
    return false;
  }
}

}  // namespace tomada::plugin
