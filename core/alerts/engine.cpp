// One round: the leader looks at every rule's metric, moves its standing, announces what began or ended, and delivers
// what waits in the outbox. Everything it decides is in the store before it acts on it, so the next leader, or this one
// after a kill, goes on from there. Processes that do not lead answer requests and report health from the same store.
#include "core/alerts/engine.hpp"

#include "core/alerts/conditions.hpp"
#include "core/alerts/desk.hpp"
#include "core/alerts/outbox.hpp"
#include "core/alerts/rulebook.hpp"
#include "core/base/snapshot.hpp"
#include "core/base/text.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace tomada::alerts {
namespace {

constexpr const char* component = "alert_delivery";

health::Condition degraded(std::string reason, std::string next_step) {
  return {health::Status::degraded, std::move(reason), std::move(next_step), {}};
}

health::Condition unreadable(const Error& error) { return degraded(error.message, error.hint); }

}  // namespace

struct Engine::State {
  State(Options chosen, storage::Store& store, storage::Leader& elected, Sampler sample, const Clock& time,
        log::Logger& logger, metrics::Registry& metrics, health::Board& health)
      : options{std::move(chosen)},
        leader{elected},
        sampler{std::move(sample)},
        clock{time},
        log{logger},
        board{health},
        channels{options.receivers, log},
        rulebook{store},
        outbox{store, channels, clock, log, metrics},
        conditions{store, outbox},
        desk{rulebook, conditions, channels, sampler, options.metric_names, log},
        firing{metrics.gauge("tomada_alerts_firing", "Rules that are firing now.")},
        waiting{metrics.gauge("tomada_alert_outbox_entries", "Alert notifications that wait for delivery.")} {}

  void round() {
    const std::lock_guard lock{round_mutex};
    const auto done = try_round();
    last_failure.publish(done ? nullptr : std::make_shared<const Error>(done.error()));
    if (!done) log.error("the alert rules cannot be evaluated", {{"error", done.error().text()}});
  }

  Result<void> try_round() {
    if (const auto ready = rulebook.ensure_defaults(); !ready) return ready.error();
    const auto rules = rulebook.all();
    if (!rules) return rules.error();
    if (!leader.try_lead()) {
      firing.set(0);  // the leader's to tell
      return {};
    }
    if (const auto judged = judge(*rules); !judged) return judged.error();
    outbox.deliver(is_stopping);
    const auto left = outbox.waiting();
    if (!left) return left.error();
    waiting.set(static_cast<double>(left->size()));
    return {};
  }

  Result<void> judge(const std::map<std::string, Rule>& rules) {
    const auto standings = conditions.all();
    if (!standings) return standings.error();
    std::size_t now_firing = 0;
    for (const auto& [name, rule] : rules) {
      const auto found = standings->find(name);
      const Condition before = found == standings->end() ? Condition{} : found->second;
      const auto next = advance(before, &rule, rule.is_enabled ? sampler(rule.metric) : std::nullopt, clock.wall_now());
      if (next.standing == Standing::firing) ++now_firing;
      if (const auto kept = keep(name, before, next, false); !kept) return kept.error();
    }
    for (const auto& [name, before] : *standings) {
      if (rules.contains(name)) continue;
      const auto next = advance(before, nullptr, std::nullopt, clock.wall_now());
      if (const auto kept = keep(name, before, next, true); !kept) return kept.error();
    }
    firing.set(static_cast<double>(now_firing));
    return {};
  }

  Result<void> keep(const std::string& name, const Condition& before, const Condition& next, bool is_gone) {
    const bool has_left_over = !before.announcement.empty();  // a kill came between standing and outbox
    if (has_left_over && before.announcement != next.announcement) {
      if (const auto put = outbox.put(before.announcement); !put) return put.error();
    }
    if (next == before && !has_left_over && !is_gone) return {};
    return conditions.keep(name, next, is_gone);
  }

  health::Condition condition() {  // asked by the board: true in every process, also before the first round
    if (const auto ready = rulebook.ensure_defaults(); !ready) return unreadable(ready.error());
    const auto rules = rulebook.all();
    if (!rules) return unreadable(rules.error());
    const auto parcels = outbox.waiting();
    if (!parcels) return unreadable(parcels.error());
    health::Condition out = undeliverable(*rules);
    if (const auto refused = undelivered(*parcels); refused.status != health::Status::healthy) add(out, refused);
    if (const auto failed = last_failure.read()) out = unreadable(*failed);
    out.details["waiting"] = parcels->size();
    out.details["leads"] = leader.is_leading();  // this process evaluates for all that share the state folder
    return out;
  }

  static void add(health::Condition& to, const health::Condition& more) {
    const auto join = [](const std::string& one, const std::string& other) {
      return one.empty() ? other : text::concat({one, "; ", other});
    };
    to = degraded(join(to.reason, more.reason), join(to.next_step, more.next_step));
  }

  static health::Condition undelivered(const std::vector<Parcel>& parcels) {  // the first of each receiver tells
    health::Condition out;
    std::set<std::string> told;
    for (const auto& parcel : parcels) {
      if (parcel.attempts == 0 || !told.insert(parcel.channel).second) continue;
      add(out,
          degraded(text::concat({"receiver ", parcel.channel, ": ", parcel.last_error, ", tried ",
                                 std::to_string(parcel.attempts), " times"}),
                   text::concat({"mend [alerts.receiver.", parcel.channel, "] or its server; it is tried again"})));
    }
    return out;
  }

  health::Condition undeliverable(const std::map<std::string, Rule>& rules) const {
    std::vector<std::string> named, keys;
    std::set<std::string> missing;
    for (const auto& [name, rule] : rules) {
      if (!rule.is_enabled || channels.has(rule.channel)) continue;
      named.push_back(text::concat({name, " (", rule.channel, ")"}));
      if (missing.insert(rule.channel).second) keys.push_back(text::concat({"[alerts.receiver.", rule.channel, "]"}));
    }
    if (named.empty()) return {};
    return degraded(text::concat({"no receiver is configured for the alert rules ", text::join(named, ", ")}),
                    text::concat({"add ", text::join(keys, " and "),
                                  " to the configuration, or change the rules' channel to \"log\""}));
  }

  void round_guarded() noexcept {  // a sampler that throws must not end the process
    try {
      round();
    } catch (const std::exception& error) {
      log.error("a round of the alert rules was broken off", {{"error", error.what()}});
    }
  }

  void run() {
    std::unique_lock lock{timer_mutex};
    while (!is_stopping) {
      lock.unlock();
      round_guarded();
      lock.lock();
      wake.wait_for(lock, options.interval, [this] { return is_stopping.load(); });
    }
  }

  const Options options;
  storage::Leader& leader;
  const Sampler sampler;
  const Clock& clock;
  log::Logger& log;
  health::Board& board;
  Snapshot<Error> last_failure;  // of the last round; null: it went well
  Channels channels;
  Rulebook rulebook;
  Outbox outbox;
  Conditions conditions;
  Desk desk;
  metrics::Gauge& firing;
  metrics::Gauge& waiting;

  std::mutex round_mutex;  // one round at a time
  std::mutex timer_mutex;  // guards the two below
  std::condition_variable wake;
  std::atomic<bool> is_stopping{false};
  std::thread timer;
};

Engine::Engine(Options options, storage::Store& store, storage::Leader& leader, Sampler sampler, const Clock& clock,
               log::Logger& log, metrics::Registry& metrics, health::Board& health)
    : state_{
          std::make_shared<State>(std::move(options), store, leader, std::move(sampler), clock, log, metrics, health)} {
  health.watch(
      component, false,
      [weak = std::weak_ptr{state_}] {
        const auto state = weak.lock();
        return state ? state->condition() : health::Condition{};
      },
      this);
}

Engine::~Engine() {
  stop();
  state_->board.forget(component, this);
}

void Engine::start() {
  if (state_->timer.joinable()) return;
  state_->timer = std::thread{[this] { state_->run(); }};
}

void Engine::stop() {
  {
    const std::lock_guard lock{state_->timer_mutex};
    state_->is_stopping = true;
  }
  state_->wake.notify_all();
  state_->channels.cancel();
  if (state_->timer.joinable()) state_->timer.join();
}

void Engine::evaluate() { state_->round(); }

Result<json::object> Engine::request(std::string_view operation, const json::object& arguments,
                                     std::string_view subject) {
  return state_->desk.handle(operation, arguments, subject);
}

}  // namespace tomada::alerts
