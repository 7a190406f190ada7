// The way of a request: kept answer → flight (this process) → flight (all processes) → breaker → gate → wire → judge →
// retry. Everything that waits does so on the caller's patience.
#include "core/upstream/upstream.hpp"

#include "core/base/text.hpp"
#include "core/upstream/digest.hpp"
#include "core/upstream/exchange.hpp"
#include "core/upstream/omie_rules.hpp"
#include "core/upstream/plain_rules.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

constexpr Milliseconds patience_when_unsaid{60'000};
constexpr std::size_t longest_name = 48;

std::size_t nine_tenths(std::size_t limit) { return limit == 0 ? 0 : std::max<std::size_t>(limit * 9 / 10, 1); }

// A part of a file's name; what would not survive there is told apart by its digest.
std::string safe_name(std::string_view text) {
  std::string out{text.substr(0, longest_name)};
  const auto is_safe = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; };
  std::replace_if(out.begin(), out.end(), std::not_fn(is_safe), '-');
  return out == text && !out.empty() ? out : out + "-" + digest({text}).substr(0, 8);
}

Judge judge_by(const std::string& kind, const Clock& clock) {
  if (kind == "omie") return judge_omie;
  return [&clock](const Request& request, const Response& response) {
    return judge_plain(request, response, clock.wall_now());
  };
}

Told told(const Result<Response>& result) {
  if (result) return result->is_shared ? Told::shared : result->status >= 400 ? Told::fault : Told::answer;
  switch (result.error().code) {
    case ErrorCode::busy:
      return Told::busy;
    case ErrorCode::unreachable:
      return Told::unreachable;
    case ErrorCode::timeout:
      return Told::timeout;
    case ErrorCode::cancelled:
      return Told::cancelled;
    default:
      return Told::other;
  }
}

// Lands a flight on every path; null unless told otherwise.
class Pilot final {
 public:
  Pilot(Flights& flights, const std::string& key) : flights_{flights}, key_{key} {}
  Pilot(const Pilot&) = delete;
  Pilot& operator=(const Pilot&) = delete;
  ~Pilot() { flights_.land(key_, std::move(landing_)); }
  void bring(const Result<Response>& result) { landing_ = std::make_shared<const Result<Response>>(result); }

 private:
  Flights& flights_;
  const std::string& key_;
  Flights::Landing landing_;
};

// A failure that belongs to the leader's own patience, not to the question.
bool is_leaders_own(const Result<Response>& result, const Patience& patience) {
  if (result) return false;
  const ErrorCode code = result.error().code;
  return code == ErrorCode::cancelled || code == ErrorCode::busy || (code == ErrorCode::timeout && patience.is_over());
}

}  // namespace

Upstream::Upstream(std::string name, UpstreamOptions options, Url url, std::unique_ptr<Ledger> total, Shared& shared)
    : name_{std::move(name)},
      options_{std::move(options)},
      total_{std::move(total)},
      shared_{shared},
      judge_{judge_by(options_.kind, shared.clock)},
      pool_{std::move(url), ConnectionOptions{options_.connect_timeout}, options_.allow_private, shared.clock,
            shared.watchdog},
      breaker_{name_, options_.breaker_failures, options_.breaker_pause, *total_, shared.clock},
      instruments_{shared.metrics, name_, breaker_} {}

Result<std::unique_ptr<Upstream>> Upstream::open(std::string name, UpstreamOptions options, Shared& shared) {
  const std::string where = text::concat({"upstream.", name});
  if (options.kind != "" && options.kind != "omie")
    return failure(ErrorCode::configuration, text::concat({"There is no kind of upstream named ", options.kind, "."}),
                   where + ".kind", "use \"omie\" or leave it out");
  auto url = parse_url(options.url);
  if (!url) return failure(url.error().code, url.error().message, where + ".url", url.error().hint);
  if (options.kind == "omie") fill_in_omie_limits(options);
  auto total = Ledger::open(text::concat({shared.limits_folder, "/", safe_name(name), ".total"}));
  if (!total) return total.error();
  return std::unique_ptr<Upstream>{
      new Upstream{std::move(name), std::move(options), std::move(*url), std::move(*total), shared}};
}

Result<Response> Upstream::fetch(const Request& request) {
  if (auto mistake = mistake_in(request)) return *mistake;
  const SteadyTime deadline = request.deadline.value_or(shared_.clock.steady_now() + patience_when_unsaid);
  const Patience patience{shared_.clock, deadline, request.stop};
  auto result = request.cache_key.empty() ? fetch_live(request, patience, {}) : fetch_shared(request, patience);
  instruments_.count(told(result));
  instruments_.refresh();
  return result;
}

Result<Response> Upstream::fetch_shared(const Request& request, const Patience& patience) {
  const std::string key =
      digest({request.account, name_, request.http_method, request.path, request.method, request.cache_key});
  while (!patience.is_over()) {
    if (auto kept = shared_.responses->find(key)) return *kept;
    const auto joined = flights_.join(key, patience);
    if (joined.is_leader) return lead(key, request, patience);
    if (!joined.landing) continue;  // its leader gave up: perhaps it is our turn
    return as_shared(*joined.landing);
  }
  return patience.error(name_, text::concat({"waiting for ", name_, " to answer ", request.method}));
}

Result<Response> Upstream::as_shared(Result<Response> landing) const {
  if (!landing) return landing;
  landing->is_shared = true;
  landing->age = std::chrono::duration_cast<Milliseconds>(shared_.clock.wall_now() - landing->read_at);
  return landing;
}

Result<Response> Upstream::lead(const std::string& key, const Request& request, const Patience& patience) {
  Pilot pilot{flights_, key};
  const auto flight = shared_.responses->begin(key, patience);
  if (!flight) return patience.error(name_, text::concat({"another process was asking ", name_, " the same"}));
  if (auto kept = shared_.responses->find(key)) {
    pilot.bring(*kept);
    return *kept;
  }
  auto result = fetch_live(request, patience, key);
  if (!is_leaders_own(result, patience)) pilot.bring(result);
  return result;
}

Result<Response> Upstream::fetch_live(const Request& request, const Patience& patience, const std::string& key) {
  const auto gate = gate_of(request);
  if (!gate) return gate.error();
  for (std::size_t tried = 0;; ++tried) {
    auto now = attempt(request, **gate, patience, key);
    const bool may_go_on = now.may_retry && tried < options_.retries && budget_.allows_retry();
    const Milliseconds wait = now.wait ? *now.wait + jitter(Milliseconds{250}) : backoff(tried);
    if (!may_go_on || !patience.allows(wait) || !patience.sleep(wait)) return now.result;
  }
}

Upstream::Attempt Upstream::attempt(const Request& request, Gate& gate, const Patience& patience,
                                    const std::string& key) {
  const auto leave = breaker_.enter();
  if (!leave) return {leave.error()};
  const SteadyTime asked = shared_.clock.steady_now();
  auto permit = gate.enter(patience);
  const SteadyTime began = shared_.clock.steady_now();
  instruments_.observe_wait(began - asked);
  if (!permit) return {permit.error()};
  auto answer = pool_.run(exchange_of(request, pool_.url()), options_.timeout, patience, request.is_idempotent);
  instruments_.observe_exchange(shared_.clock.steady_now() - began);
  if (answer) return after_answer(request, std::move(*answer), gate, key);
  if (answer.error().may_have_arrived) permit->note_abandoned();
  return after_breakage(request, answer.error(), patience);
}

Upstream::Attempt Upstream::after_breakage(const Request& request, const Breakage& breakage, const Patience& patience) {
  const std::string where = text::concat({"upstream.", name_});
  const std::string sentence =
      text::concat({name_, " could not be asked for ", request.method, ": ", breakage.reason, "."});
  if (breakage.how == Broken::cancelled || (breakage.how == Broken::timeout && patience.is_over()))
    return {patience.error(name_, text::concat({"waiting for ", name_, " to answer ", request.method}))};
  if (breakage.how == Broken::forbidden)
    return {
        failure(ErrorCode::unreachable, sentence, where, text::concat({"mend url or allow_private of [", where, "]"}))};
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
  return {failure(ErrorCode::unreachable, sentence, where,
                  text::concat({"check the network and the url of [", where, "], then try again"})),
          may_retry};
}

Upstream::Attempt Upstream::after_answer(const Request& request, Response response, Gate& gate,
                                         const std::string& key) {
  response.read_at = shared_.clock.wall_now();
  last_answer_ = unix_ms(response.read_at);
  const Judgement judgement = judge_(request, response);
  note(judgement, gate);
  Attempt out{Response{}, judgement.may_retry && request.is_idempotent, std::nullopt};
  if (judgement.wait && judgement.is_wait_for_this_request) out.wait = judgement.wait;
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
  breaker_.note_answer();
  if (!judgement.is_failure) {
    gate.note_answer();
    budget_.note_success();
  } else if (!judgement.code.empty()) {
    gate.note_fault(judgement.code);
  }
}

Result<Gate*> Upstream::gate_of(const Request& request) {
  const std::string account = digest({request.account}).substr(0, 16);
  const std::string file = text::concat({safe_name(name_), ".", account, ".", safe_name(request.method)});
  const std::lock_guard lock{mutex_};
  auto& gate = gates_[file];
  if (gate) return gate.get();
  auto ledger = Ledger::open(text::concat({shared_.limits_folder, "/", file}));
  if (!ledger) return ledger.error();
  gate = std::make_unique<Gate>(name_, request.method, limits_of(request.method), std::move(*ledger), *total_,
                                shared_.clock);
  return gate.get();
}

GateLimits Upstream::limits_of(const std::string& method) const {
  const auto found = options_.methods.find(method);
  const MethodLimit own = found == options_.methods.end() ? MethodLimit{} : found->second;
  GateLimits out;
  out.max_concurrent = std::max<std::size_t>(own.max_concurrent ? own.max_concurrent : options_.max_concurrent, 1);
  out.per_window = nine_tenths(own.per_minute ? own.per_minute : options_.per_minute);
  out.total_per_window = nine_tenths(options_.per_minute_total);
  out.window = options_.rate_window;
  out.fault_limit = options_.fault_limit;
  out.fault_pause = options_.fault_pause;
  out.release_margin = options_.release_margin;
  return out;
}

health::Condition Upstream::condition() const {
  const auto look = breaker_.look();
  health::Condition out;
  out.details["breaker"] = json::key(name(look.state));
  out.details["consecutive_failures"] = look.failures;
  if (const UnixMs last = last_answer_.load()) out.details["last_answer"] = rfc3339(WallTime{Milliseconds{last}});
  if (look.state != BreakerState::closed) {
    out.status = health::Status::unhealthy;
    out.reason = text::concat({name_, " failed ", std::to_string(look.failures), " times in a row: ", look.reason});
    out.next_step =
        text::concat({"It is tried again by itself. Check the network and the url of [upstream.", name_, "]."});
    return out;
  }
  const std::lock_guard lock{mutex_};
  for (const auto& [file, gate] : gates_) {
    const auto closed = gate->closed();
    if (!closed) continue;
    out.status = health::Status::degraded;
    out.reason = *closed;
    out.next_step = "Nothing is sent until then, so that it does not last longer; other calls go on.";
  }
  return out;
}

}  // namespace tomada::upstream
