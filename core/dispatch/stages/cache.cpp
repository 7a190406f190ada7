// The key is the question and who may hear the answer: tool, its version, canonical arguments, tenant, roles and
// upstream account; never a token. A leader runs the tool and lands its outcome for everybody parked on the same key.
// A leader that gave up for reasons of its own (cancelled, out of time) lands nothing: one follower takes its place.
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
};

namespace {

constexpr char separator = '\x1f';  // cannot stand in a name; inside JSON text it is escaped

bool wants_fresh(const json::object& arguments) {
  const auto* fresh = json::find(arguments, "fresh");
  return fresh && fresh->is_bool() && fresh->get_bool();
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
    key.append(*part).push_back(separator);
  }
  if (!tool.cache->is_shared_by_roles) {
    for (const auto& role : principal.roles) key.append(role).push_back(',');
  }
  key.push_back(separator);
  append_arguments(key, call.arguments_value());
  return key;
}

}  // namespace

Verdict Cache::enter(Call& call) {
  const auto& tool = call.target->description();
  if (tool.kind != registry::TargetKind::tool) return GoOn{};
  if (!tool.cache || !tool.annotations.is_read_only || tool.cache->time_to_live.count() <= 0) return GoOn{};
  if (!call.request().answers.empty() || !call.request().state.empty()) return GoOn{};  // one person's conversation
  std::string key = key_of(call);
  if (!wants_fresh(call.arguments())) {
    if (const auto entry = cache_.find(key)) return outcome_of(*entry);
  }
  return join(call, std::move(key));
}

Verdict Cache::join(Call& call, std::string key) {
  auto landing = [this, self = call.shared_from_this(), key](const std::shared_ptr<const cache::Entry>& entry) {
    landed(self, key, entry.get());
  };
  if (cache_.join(key, std::move(landing)) == cache::ResultCache::Place::follower) return Parked{};
  if (!wants_fresh(call.arguments())) {
    if (const auto entry = cache_.peek(key)) {  // another flight has landed between the look and the take-off
      cache_.land(key, entry);
      return outcome_of(*entry);
    }
  }
  call.slots[cache_slot] = new Flight{std::move(key)};
  if (call.is_finished()) give_up(call);  // ended before the flight was noted: its leave may have passed
  return GoOn{};
}

void Cache::give_up(Call& call) noexcept {
  auto nothing = Outcome::failed(OutcomeKind::cancelled, {});
  leave(call, nothing);
}

void Cache::landed(const std::shared_ptr<Call>& call, const std::string& key, const cache::Entry* entry) {
  if (call->is_finished()) return;
  if (entry) {
    call->finish(outcome_of(*entry));
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
  const std::unique_ptr<Flight> flight{static_cast<Flight*>(call.slots[cache_slot].exchange(nullptr))};
  if (!flight) return;
  cache_.land(flight->key, entry_of(call, outcome));
} catch (...) {  // a flight that cannot be kept is only a miss
}

Outcome Cache::outcome_of(const cache::Entry& entry) const {
  Outcome out;
  if (entry.failure) {
    out = Outcome::failed(static_cast<OutcomeKind>(entry.failure->kind), entry.failure->message);
    out.retry_after = entry.failure->retry_after;
    return out;
  }
  out.kind = OutcomeKind::result;
  out.structured = entry.structured;
  out.content = entry.content;
  out.meta = entry.meta;
  out.freshness.origin = Origin::cache;
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
  if (outcome.kind != OutcomeKind::result) {
    entry->failure = cache::Failure{static_cast<int>(outcome.kind), outcome.message, outcome.retry_after};
    return entry;
  }
  entry->structured = outcome.structured;
  entry->content = outcome.content;
  entry->meta = outcome.meta;
  entry->source = outcome.freshness.source;
  entry->read_at = outcome.freshness.read_at.value_or(clock_.wall_now() - outcome.freshness.age);
  entry->refresh_in = outcome.freshness.refresh_in;
  entry->kept_at = clock_.steady_now();
  entry->time_to_live = call.target->description().cache->time_to_live;
  return entry;
}

}  // namespace tomada::dispatch
