#include "limits.hpp"

#include <algorithm>
#include <cmath>

namespace omie_simulator {
namespace {

using Seconds = std::chrono::duration<double>;

std::string seconds_text(Seconds left) { return std::to_string(static_cast<long>(std::ceil(left.count()))); }

}  // namespace

void Limits::forget_before(std::deque<Time>& times, Time now) const {
  while (!times.empty() && Seconds{now - times.front()}.count() >= options_.window_seconds) times.pop_front();
}

std::size_t Limits::concurrency(const std::string& call) const {
  const auto found = options_.concurrency_of.find(call);
  return found == options_.concurrency_of.end() ? options_.concurrency : found->second;
}

std::optional<Fault> Limits::check_block(Method& method, Time now) {
  if (now >= method.blocked_until) return std::nullopt;
  method.blocked_until = now + std::chrono::seconds{options_.block_seconds};  // asking prolongs it
  return Fault{425, "MISUSE_API_PROCESS",
               "ERROR: API bloqueada por consumo indevido. Tente novamente em " +
                   seconds_text(method.blocked_until - now) + " segundos."};
}

std::optional<Fault> Limits::check_rates(Method& method, std::deque<Time>& address, Time now) {
  forget_before(method.sent, now);
  forget_before(address, now);
  if (method.sent.size() < options_.per_method_minute && address.size() < options_.per_ip_minute) return std::nullopt;
  return Fault{429, "", "Too many requests"};
}

std::optional<Fault> Limits::check_redundancy(const Asked& asked, Time now) {
  auto& accepted = accepted_[question(asked)];
  const Seconds left{accepted + std::chrono::seconds{options_.redundancy_seconds} - now};
  const bool is_redundant = accepted != Time{} && left.count() > 0;
  if (!is_redundant || options_.is_redundancy_renewed) accepted = now;
  if (!is_redundant) return std::nullopt;
  return client_fault(6, "Consumo redundante detectado. Aguarde " + seconds_text(left) +
                             " segundos para tentar novamente (REDUNDANT).");
}

std::optional<Fault> Limits::enter(const Asked& asked) {
  const std::lock_guard lock{mutex_};
  const Time now = std::chrono::steady_clock::now();
  Method& method = methods_[key(asked)];
  auto& address = addresses_[asked.address];
  Tally& tally = tallies_[asked.call];
  ++requests_, ++tally.requests;
  const auto refuse = [&](const char* kind, const std::optional<Fault>& fault) { return ++refusals_[kind], fault; };

  if (auto fault = check_block(method, now)) return refuse("blocked", fault);
  if (auto fault = check_rates(method, address, now)) return refuse("rate", fault);
  method.sent.push_back(now), address.push_back(now);
  tally.most_per_window = std::max(tally.most_per_window, method.sent.size());
  most_per_window_ = std::max(most_per_window_, address.size());
  if (method.running >= concurrency(asked.call)) return refuse("concurrency", already_running());
  const bool is_question = !asked.call.starts_with("Incluir");  // what is created twice is refused by its code
  if (auto fault = is_question ? check_redundancy(asked, now) : std::nullopt) return refuse("redundant", fault);
  tally.most_at_once = std::max(tally.most_at_once, ++method.running);
  return std::nullopt;
}

void Limits::leave(const Asked& asked) {
  const std::lock_guard lock{mutex_};
  --methods_[key(asked)].running;
}

void Limits::note_answer(const Asked& asked) {
  const std::lock_guard lock{mutex_};
  ++tallies_[asked.call].answers;
  methods_[key(asked)].faults_in_a_row = 0;
}

void Limits::note_fault(const Asked& asked, const Fault& fault) {
  const std::lock_guard lock{mutex_};
  if (fault.status == 500) add_error(methods_[key(asked)]);
}

void Limits::note_failure(const Asked& asked, const Fault& fault) {
  note_fault(asked, fault);
  const std::lock_guard lock{mutex_};
  forget_failed(asked);
}

void Limits::note_trouble(const Asked& asked, int status) {
  const std::lock_guard lock{mutex_};
  ++refusals_["trouble"];
  if (status == 500) add_error(methods_[key(asked)]);
  if (status >= 300) forget_failed(asked);  // else it was answered, and what went wrong came after
}

void Limits::forget_failed(const Asked& asked) {
  if (options_.is_redundant_after_answers_only) accepted_.erase(question(asked));
}

void Limits::add_error(Method& method) {
  if (options_.error_limit == 0 || ++method.faults_in_a_row < options_.error_limit) return;
  method.faults_in_a_row = 0;
  method.blocked_until = std::chrono::steady_clock::now() + std::chrono::seconds{options_.block_seconds};
  ++blocks_;
}

void Limits::count(const std::string& refusal) {
  const std::lock_guard lock{mutex_};
  ++refusals_[refusal];
}

json::object Limits::statistics() const {
  const std::lock_guard lock{mutex_};
  json::object refused, methods;
  for (const auto& [kind, number] : refusals_) refused[kind] = number;
  for (const auto& [call, tally] : tallies_)
    methods[call] = json::object{{"requests", tally.requests},
                                 {"answers", tally.answers},
                                 {"most_at_once", tally.most_at_once},
                                 {"most_per_window", tally.most_per_window}};
  return {{"requests", requests_},
          {"most_per_window", most_per_window_},
          {"blocks", blocks_},
          {"refused", std::move(refused)},
          {"methods", std::move(methods)}};
}

}  // namespace omie_simulator
