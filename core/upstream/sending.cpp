// One request on the wire. Where answers are kept for a window the crew sends it: once the upstream has it, cutting it
// would only make the next one who asks the same redundant, so it is finished within the upstream's own time, kept, and
// landed for those who follow, while its caller may leave at any moment. Elsewhere the caller sends it himself and his
// patience cuts it.
#include "core/base/text.hpp"
#include "core/upstream/exchange.hpp"
#include "core/upstream/upstream.hpp"

#include <exception>

namespace tomada::upstream {
namespace {

constexpr Milliseconds beyond_time_out{1'000};  // so that the time-out is told as one

std::string not_again(std::string_view cause) {
  return text::concat({cause, " It would refuse the same question asked again so soon."});
}

}  // namespace

Attempt Upstream::attempt(const Request& request, Gate& gate, const Patience& patience, const PilotPtr& pilot) {
  auto leave = breaker_.enter();
  if (!leave) return {leave.error()};
  const SteadyTime asked = shared_.clock.steady_now();
  auto permit = request.is_background ? gate.enter_aside(patience) : gate.enter(patience);
  instruments_.observe_wait(shared_.clock.steady_now() - asked);
  if (!permit) return {permit.error()};
  if (!pilot || options_.response_window.count() == 0) return attend(request, gate, std::move(*permit), patience);
  const auto errand = std::make_shared<Errand>(request, gate, std::move(*permit), std::move(*leave), pilot);
  crew_.take([this, errand](const std::stop_token& stop) {
    try {
      if (errand->begin()) errand->bring(run_errand(*errand, stop));
    } catch (...) {
      errand->fail(std::current_exception());  // thrown again where the caller waits
    }
  });
  if (auto brought = errand->wait(patience)) return std::move(*brought);
  return {waited_in_vain(request, patience)};
}

Attempt Upstream::attend(const Request& request, Gate& gate, Gate::Permit permit, const Patience& patience) {
  auto answer = exchange(request, patience);
  if (answer) return after_answer(request, std::move(*answer), gate, {});
  const Breakage& breakage = answer.error();
  if (breakage.may_have_arrived) permit.note_abandoned();
  const bool is_callers_own =
      breakage.how == Broken::cancelled || (breakage.how == Broken::timeout && patience.is_over());
  if (is_callers_own) return {waited_in_vain(request, patience)};
  return after_breakage(request, breakage, {});
}

Attempt Upstream::run_errand(Errand& errand, const std::stop_token& stop) {
  const Patience own{shared_.clock, shared_.clock.steady_now() + options_.timeout + beyond_time_out, stop};
  auto answer = exchange(errand.request(), own);
  if (answer) return after_answer(errand.request(), std::move(*answer), errand.gate(), errand.key());
  if (answer.error().may_have_arrived) errand.note_abandoned();
  return after_breakage(errand.request(), answer.error(), errand.key());
}

boost::system::result<Response, Breakage> Upstream::exchange(const Request& request, const Patience& patience) {
  const SteadyTime began = shared_.clock.steady_now();
  auto answer = pool_.run(exchange_of(request, pool_.url()), options_.timeout, patience, request.is_idempotent);
  instruments_.observe_exchange(shared_.clock.steady_now() - began);
  return answer;
}

Error Upstream::waited_in_vain(const Request& request, const Patience& patience) const {
  return patience.error(name_, text::concat({"waiting for ", name_, " to answer ", request.method}));
}

void Upstream::remember_refusal(const std::string& key, const std::string& problem, Milliseconds wait) {
  if (!key.empty() && options_.response_window.count() > 0) shared_.refusals->keep(key, problem, wait);
}

Attempt Upstream::after_breakage(const Request& request, const Breakage& breakage, const std::string& key) {
  const std::string where = text::concat({"upstream.", name_});
  const std::string sentence =
      text::concat({name_, " could not be asked for ", request.method, ": ", breakage.reason, "."});
  if (breakage.how == Broken::forbidden)
    return {
        failure(ErrorCode::unreachable, sentence, where, text::concat({"mend url or allow_private of [", where, "]"}))};
  const bool was_cut_by_us = breakage.how == Broken::timeout || breakage.how == Broken::cancelled;
  const bool was_accepted = breakage.may_have_arrived && (breakage.was_answering || was_cut_by_us);
  if (was_accepted) remember_refusal(key, not_again(sentence), options_.response_window);
  if (breakage.how == Broken::cancelled)
    return {failure(ErrorCode::cancelled, text::concat({"The server ended before ", name_, " answered."}), where)};
  breaker_.note_outage(breakage.reason);
  budget_.note_failure();
  shared_.log.warning("upstream failed",
                      {{"upstream", std::string_view{name_}}, {"reason", std::string_view{breakage.reason}}});
  if (breakage.how == Broken::timeout)
    return {failure(ErrorCode::timeout, sentence, where, "try again later, or ask for less at once")};
  // Inside its window the upstream refuses what it has begun to answer: a second request would only be a fault more.
  const bool is_redundant = breakage.was_answering && options_.response_window.count() > 0;
  const bool may_retry =
      breakage.how == Broken::connect || (breakage.how == Broken::cut && request.is_idempotent && !is_redundant);
  const std::string_view step = breakage.how == Broken::tls
                                    ? "nothing was sent; put the host that the certificate names into the url of ["
                                    : "check the network and the url of [";
  const std::string_view then =
      breakage.how == Broken::tls ? "], or have this machine trust who signed it" : "], then try again";
  return {failure(ErrorCode::unreachable, sentence, where, text::concat({step, where, then})), may_retry};
}

Attempt Upstream::after_answer(const Request& request, Response response, Gate& gate, const std::string& key) {
  response.read_at = shared_.clock.wall_now();
  last_answer_ = unix_ms(response.read_at);
  const Judgement judgement = judge_(request, response);
  note(judgement, gate);
  Attempt out{Response{}, judgement.may_retry && request.is_idempotent, std::nullopt};
  if (judgement.was_accepted) remember_refusal(key, not_again(judgement.problem), options_.response_window);
  if (judgement.wait && judgement.is_wait_for_this_request) {
    remember_refusal(key, judgement.problem, *judgement.wait);
    out.wait = judgement.wait;
    out.may_retry = out.may_retry && key.empty();  // else all who ask the same wait for it together
  }
  if (!judgement.problem.empty()) {
    const ErrorCode code = judgement.wait ? ErrorCode::busy : ErrorCode::unreachable;
    out.result = failure(code, judgement.problem, text::concat({"upstream.", name_}), judgement.next_step);
    return out;
  }
  if (judgement.may_keep && !key.empty() && options_.response_window.count() > 0) {
    shared_.responses->keep(key, response, options_.response_window);
    response.refresh_in = options_.response_window;
  }
  out.result = std::move(response);
  return out;
}

void Upstream::note(const Judgement& judgement, Gate& gate) {
  if (judgement.block) gate.block(*judgement.block, judgement.code);
  if (judgement.wait && !judgement.is_wait_for_this_request) gate.hold(*judgement.wait);
  if (judgement.is_outage) {
    breaker_.note_outage(judgement.code);
    budget_.note_failure();
    return;
  }
  if (!judgement.is_wait_for_this_request) breaker_.note_answer();  // a refusal to repeat is no sign of health
  if (!judgement.is_failure) {
    gate.note_answer();
    budget_.note_success();
  } else if (!judgement.code.empty()) {
    gate.note_fault(judgement.code);
  }
}

}  // namespace tomada::upstream
