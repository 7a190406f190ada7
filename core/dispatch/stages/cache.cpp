// The key is the question and who may hear the answer: tool, its version, canonical arguments, tenant, roles and
// upstream account; never a token. A leader runs the tool and lands its outcome for everybody parked on the same key.
// A leader that gave up for reasons of its own (cancelled, out of time) lands nothing: one follower takes its place.
// Where there is a second level, a leader is parked for its look there and then goes on, perhaps to the answer.
#include "core/dispatch/stages/cache.hpp"

#include "core/base/text.hpp"
#include "core/dispatch/slots.hpp"
#include "core/json/writer.hpp"
#include "core/registry/target.hpp"

namespace tomada::dispatch {

using registry::Call;
using registry::Origin;
using registry::Outcome;
using registry::OutcomeKind;

struct Cache::Flight {
  std::string key;
  std::optional<cache::Ticket> ticket{};  // to the second level
};

namespace {

class Nobody final : public registry::Listener {
 public:
  void progressed(const registry::Progress&) override {}
  void logged(int, std::string_view) override {}
  void finished(const Outcome&) override {}
};

// A failure, too: the request may have arrived, and only its answer been lost.
bool may_have_written(const Call& call, const Outcome& outcome) noexcept {
  const auto& tool = call.target->description();
  return tool.kind == registry::TargetKind::tool && !tool.annotations.is_read_only &&
         outcome.kind != OutcomeKind::needs_input && outcome.kind != OutcomeKind::invalid_params;
}

// A failure that changed nothing after all must not cost what serves while the ERP is away.
cache::ResultCache::Write write_of(const Outcome& outcome) noexcept {
  return outcome.kind == OutcomeKind::result ? cache::ResultCache::Write::done : cache::ResultCache::Write::unknown;
}

bool wants_new_look(const Call& call) {
  const auto* fresh = json::find(call.arguments(), "fresh");
  return fresh && fresh->is_bool() && fresh->get_bool();
}

bool looks_again(const Call& call) { return call.request().is_refresh || wants_new_look(call); }

// Not the caller's doing, and gone by itself some day: what is known from before serves better than this.
bool is_failure_of_upstream(const Outcome& outcome) noexcept {
  return outcome.kind == OutcomeKind::tool_error && (outcome.has_upstream_failed || outcome.is_private);
}

// The content with one more block of text; where there is none, what the protocol would write of the structured answer.
std::string with_note(const Outcome& outcome, std::string_view note) {
  std::string out = outcome.content;
  if (out.empty()) {
    out = R"([{"type":"text","text":)";
    json::write_string(out, outcome.structured);
    out.append("}]");
  }
  out.erase(out.rfind(']'));
  out.append(text::trim(out) == "[" ? "" : ",").append(R"({"type":"text","text":)");
  json::write_string(out, note);
  return out.append("}]");
}

cache::Matter matter_of(const Call& call) {
  const auto& tool = call.target->description();
  return {tool.plugin, tool.cache ? tool.cache->tags : tool.dirties};
}

void append_arguments(std::string& key, const json::value& arguments) {
  if (!json::find(arguments.get_object(), "fresh")) return json::write_canonical(key, arguments);
  json::object question = arguments.get_object();
  question.erase("fresh");
  json::write_canonical(key, std::move(question));
}

std::string key_of(const Call& call) {
  const auto& tool = call.target->description();
  const auto& principal = *call.request().principal;
  std::string key;
  key.reserve(256);
  for (const std::string* part : {&tool.name, &tool.version, &tool.account, &principal.tenant}) {
    text::append_framed(key, *part);
  }
  if (!tool.cache->is_shared_by_roles) {
    for (const auto& role : principal.roles) text::append_framed(key, role);
  }
  key.push_back(';');
  append_arguments(key, call.arguments_value());
  return key;
}

}  // namespace

Verdict Cache::enter(Call& call) {
  const auto& tool = call.target->description();
  if (tool.kind != registry::TargetKind::tool) return GoOn{};
  if (!tool.cache || !tool.annotations.is_read_only || tool.cache->time_to_live.count() <= 0) return GoOn{};
  if (!call.request().answers.empty() || !call.request().state.empty()) return GoOn{};  // one person's conversation
  const auto key = key_of(call);
  if (looks_again(call)) return join(call, key);
  const auto found = cache_.find(key);
  if (!found.entry || found.age == cache::Age::on_error) return join(call, key);
  if (found.age == cache::Age::to_refresh) refresh(call, key);
  return outcome_of(*found.entry, found.age);
}

Verdict Cache::join(Call& call, const std::string& key) {
  auto landing = [this, self = call.shared_from_this(), key](const std::shared_ptr<const cache::Entry>& entry) {
    landed(self, key, entry.get());
  };
  const auto place = cache_.join(key, matter_of(call), std::move(landing));
  if (place == cache::ResultCache::Place::follower) return Parked{};
  if (place == cache::ResultCache::Place::alone) return GoOn{};
  if (!looks_again(call)) {
    const auto found = cache_.peek(key);
    if (found.is_fresh()) {  // another flight has landed between the look and the take-off
      cache_.land(key, found.entry);
      return outcome_of(*found.entry, found.age);
    }
  }
  return take_off(call, key);
}

Verdict Cache::take_off(Call& call, const std::string& key) {
  call.slots[cache_slot] = new Flight{key};
  if (call.is_finished()) give_up(call);  // ended before the flight was noted: its leave may have passed
  if (!second_ || call.is_finished()) return GoOn{};
  auto then = [this, self = call.shared_from_this()](cache::Looked found) { looked(self, std::move(found)); };
  if (second_->look(key, matter_of(call), std::move(then))) return Parked{};
  return GoOn{};
}

// Whoever holds the flight lands it: while it is held here, a call that ends leaves it alone.
void Cache::looked(const std::shared_ptr<Call>& call, cache::Looked looked) {
  std::unique_ptr<Flight> flight{static_cast<Flight*>(call->slots[cache_slot].exchange(nullptr))};
  if (!flight) return;
  if (looked.entry && looked.is_fresh && !wants_new_look(*call)) {
    cache_.land(flight->key, looked.entry);
    call->finish(outcome_of(*looked.entry, cache::Age::fresh));
    return;
  }
  if (looked.entry) cache_.remember(flight->key, looked.entry);
  flight->ticket = std::move(looked.ticket);
  call->slots[cache_slot] = flight.release();
  if (call->is_finished()) return give_up(*call);
  resumer_->resume(call);
}

// Looks again behind a stale answer, as whoever got it; one call at a time for one question.
void Cache::refresh(const Call& call, const std::string& key) {
  if (cache_.is_flying(key)) return;
  auto request = call.request();
  request.is_refresh = request.is_admitted = true;
  request.target = call.target;
  request.deadline.reset();
  resumer_->run(std::make_shared<Call>(std::move(request), std::make_unique<Nobody>()));
}

void Cache::give_up(Call& call) noexcept {
  auto nothing = Outcome::failed(OutcomeKind::cancelled, {});
  leave(call, nothing);
}

void Cache::landed(const std::shared_ptr<Call>& call, const std::string& key, const cache::Entry* entry) {
  if (call->is_finished()) return;
  if (entry) {
    auto outcome = outcome_of(*entry, cache::Age::fresh);
    if (is_failure_of_upstream(outcome)) fall_back(key, outcome);
    call->finish(std::move(outcome));
    return;
  }
  auto verdict = join(*call, key);
  if (auto* answer = std::get_if<Outcome>(&verdict)) {
    call->finish(std::move(*answer));
  } else if (std::holds_alternative<GoOn>(verdict)) {
    resumer_->resume(call);
  }
}

void Cache::leave(Call& call, Outcome& outcome) noexcept try {
  if (may_have_written(call, outcome)) dirty(matter_of(call), write_of(outcome));
  const std::unique_ptr<Flight> flight{static_cast<Flight*>(call.slots[cache_slot].exchange(nullptr))};
  if (!flight) return;
  const auto entry = entry_of(call, outcome);
  const bool is_kept = cache_.land(flight->key, entry);
  if (is_kept && flight->ticket) second_->keep(std::move(*flight->ticket), entry);
  if (is_failure_of_upstream(outcome)) fall_back(flight->key, outcome);
} catch (...) {  // a flight that cannot be kept is only a miss
}

void Cache::dirty(const cache::Matter& write, cache::ResultCache::Write write_is) {
  second_ ? second_->dirty(write, write_is) : cache_.dirty(write, write_is);
}

// Something is known from before: that is the answer, and it says so and why.
void Cache::fall_back(const std::string& key, Outcome& outcome) {
  const auto known = cache_.peek(key);
  if (!known.entry) return;
  const auto why = std::move(outcome.message);
  outcome = outcome_of(*known.entry, cache::Age::on_error);
  outcome.content = with_note(
      outcome, text::concat({"This is what was known at ", outcome.freshness.as_of, "; a new look has failed: ", why}));
}

Outcome Cache::outcome_of(const cache::Entry& entry, cache::Age age) const {
  Outcome out;
  if (entry.failure) {
    out = Outcome::failed(static_cast<OutcomeKind>(entry.failure->kind), entry.failure->message);
    out.retry_after = entry.failure->retry_after;
    out.has_upstream_failed = entry.failure->is_of_upstream;
    return out;
  }
  out.kind = OutcomeKind::result;
  out.structured = entry.structured;
  out.content = entry.content;
  out.meta = entry.meta;
  out.freshness.origin = age == cache::Age::fresh ? Origin::cache : Origin::stale;
  out.freshness.source = entry.source;
  out.freshness.age = std::chrono::duration_cast<Milliseconds>(clock_.wall_now() - entry.read_at);
  out.freshness.as_of = rfc3339(entry.read_at);
  out.freshness.read_at = entry.read_at;
  if (!entry.refresh_in) return out;
  const auto left = *entry.refresh_in - std::chrono::duration_cast<Milliseconds>(clock_.steady_now() - entry.kept_at);
  if (left.count() > 0) out.freshness.refresh_in = left;
  return out;
}

std::shared_ptr<const cache::Entry> Cache::entry_of(const Call& call, const Outcome& outcome) const {
  if (outcome.kind == OutcomeKind::cancelled || outcome.kind == OutcomeKind::needs_input || outcome.is_private)
    return nullptr;
  auto entry = std::make_shared<cache::Entry>();
  entry->matter = matter_of(call);
  if (outcome.kind != OutcomeKind::result) {
    entry->failure = cache::Failure{static_cast<int>(outcome.kind), outcome.message, outcome.retry_after,
                                    outcome.has_upstream_failed};
    return entry;
  }
  entry->structured = outcome.structured;
  entry->content = outcome.content;
  entry->meta = outcome.meta;
  entry->source = outcome.freshness.source;
  entry->read_at = outcome.freshness.read_at.value_or(clock_.wall_now() - outcome.freshness.age);
  entry->refresh_in = outcome.freshness.refresh_in;
  entry->kept_at = clock_.steady_now();
  const auto& policy = *call.target->description().cache;
  entry->time_to_live = policy.time_to_live;
  entry->stale_while_revalidate = policy.stale_while_revalidate;
  entry->stale_if_error = policy.stale_if_error;
  return entry;
}

}  // namespace tomada::dispatch
