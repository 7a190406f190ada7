// The way of a request: kept answer or refusal → flight (this process) → flight (all processes) → breaker → gate → wire
// (sending.cpp) → judge → retry. Everything that waits does so on the caller's patience.
#include "core/upstream/upstream.hpp"

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/upstream/exchange.hpp"
#include "core/upstream/omie_rules.hpp"
#include "core/upstream/plain_rules.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

constexpr Milliseconds patience_when_unsaid{60'000};
constexpr std::size_t longest_name = 48;
constexpr std::size_t most_on_the_wire = 32;  // of one upstream, when their callers may leave

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
      instruments_{shared.metrics, name_, breaker_},
      crew_{most_on_the_wire} {}

Result<std::unique_ptr<Upstream>> Upstream::open(std::string name, UpstreamOptions options, Shared& shared) {
  const std::string where = text::concat({"upstream.", name});
  if (!options.kind.empty() && options.kind != "omie")
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
  auto result = request.cache_key.empty() ? fetch_live(request, patience, nullptr) : fetch_shared(request, patience);
  instruments_.count(told(result));
  note_question(request, result);
  instruments_.refresh();
  return result;
}

// For whoever watches over the ERP: a refusal, a block and a fault leave a question as unanswered as a cut cable.
void Upstream::note_question(const Request& request, const Result<Response>& result) {
  if (!result) {
    if (result.error().code != ErrorCode::cancelled) instruments_.note_question(false);
    return;
  }
  const bool is_suspect =
      result->status >= 400 || std::string_view{result->body}.substr(0, 512).find("faultstring") != std::string::npos;
  const Judgement judgement = is_suspect ? judge_(request, *result) : Judgement{};
  instruments_.note_question(!judgement.is_failure || judgement.may_keep);
}

Result<Response> Upstream::fetch_shared(const Request& request, const Patience& patience) {
  const std::string key =
      digest({request.account, name_, request.http_method, request.path, request.method, request.cache_key});
  for (std::size_t waits = 0;;) {
    const auto came = ask_once(key, request, patience);
    const bool is_refused = came && !*came && came->error().code == ErrorCode::busy;
    const auto refusal = is_refused ? shared_.refusals->find(key) : std::nullopt;
    if (came && !refusal) return *came;
    if (patience.is_over())
      return patience.error(name_, text::concat({"waiting for ", name_, " to answer ", request.method}));
    if (!refusal) continue;  // its leader gave up: perhaps it is our turn
    const Milliseconds wait = refusal->left + jitter(Milliseconds{250});
    // A wait that eats most of the caller's time would end in a time-out instead of the seconds to wait.
    const bool may_wait = waits++ < options_.retries && budget_.allows_retry() && patience.allows(wait * 2);
    if (!may_wait || !patience.sleep(wait)) return *came;
  }
}

// What needs no request: an answer that is kept, or that the question would be refused.
std::optional<Result<Response>> Upstream::known(const std::string& key) const {
  if (auto kept = shared_.responses->find(key)) return std::move(*kept);
  if (const auto refusal = shared_.refusals->find(key)) return refusal->error(name_);
  return std::nullopt;
}

std::optional<Result<Response>> Upstream::ask_once(const std::string& key, const Request& request,
                                                   const Patience& patience) {
  if (auto found = known(key)) return found;
  const auto joined = flights_.join(key, patience);
  if (joined.is_leader) return lead(key, request, patience);
  if (joined.landing) return as_shared(*joined.landing);
  return std::nullopt;
}

Result<Response> Upstream::as_shared(Result<Response> landing) const {
  if (!landing) return landing;
  landing->is_shared = true;
  landing->age = std::chrono::duration_cast<Milliseconds>(shared_.clock.wall_now() - landing->read_at);
  return landing;
}

Result<Response> Upstream::lead(const std::string& key, const Request& request, const Patience& patience) {
  const auto pilot = std::make_shared<Pilot>(flights_, key);
  if (!pilot->take_off(*shared_.responses, patience))
    return patience.error(name_, text::concat({"another process was asking ", name_, " the same"}));
  auto result = known(key);  // the other process may have learned it meanwhile
  if (!result) result = fetch_live(request, patience, pilot);
  if (!is_leaders_own(*result, patience)) pilot->bring(*result);
  return *result;
}

Result<Response> Upstream::fetch_live(const Request& request, const Patience& patience, const PilotPtr& pilot) {
  const auto gate = gate_of(request);
  if (!gate) return gate.error();
  for (std::size_t tried = 0;; ++tried) {
    auto now = attempt(request, **gate, patience, pilot);
    const bool may_go_on = now.may_retry && tried < options_.retries && budget_.allows_retry();
    const Milliseconds wait = now.wait ? *now.wait + jitter(Milliseconds{250}) : backoff(tried);
    if (!may_go_on || !patience.allows(wait) || !patience.sleep(wait)) return now.result;
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
