#include "core/upstream/breaker.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

constexpr std::size_t probes_at_once = 1;
constexpr std::uint64_t most_doublings = 3;

}  // namespace

std::string_view name(BreakerState state) noexcept {
  constexpr std::string_view names[] = {"closed", "half_open", "open"};
  return names[static_cast<std::size_t>(state)];
}

Breaker::Leave::~Leave() {
  if (!probe_) return;
  Ledger::Session session{breaker_->ledger_};
  session.give_back(*probe_, 0);
}

Result<Breaker::Leave> Breaker::enter() {
  Ledger::Session session{ledger_};
  if (!is_tripped(session.record)) return Leave{*this, std::nullopt};
  const UnixMs at = now();
  const UnixMs left = std::min<UnixMs>(session.record.paused_until - at, pause_.count() << most_doublings);
  if (left <= 0) {
    if (const auto probe = session.take_slot(at, probes_at_once)) return Leave{*this, probe};
  }
  const auto wait = std::to_string(std::max<UnixMs>(left, 1'000) / 1'000);
  return failure(ErrorCode::unreachable,
                 text::concat({upstream_, " failed ", std::to_string(session.record.failures),
                               " times in a row (last: ", session.record.reason_text(), "); it is not asked for now."}),
                 text::concat({"upstream.", upstream_}), text::concat({"try again in ", wait, " s"}));
}

void Breaker::note_answer() {
  if (ledger_.read().failures == 0) return;
  Ledger::Session session{ledger_};
  session.record.failures = 0;
  session.record.paused_until = 0;
}

void Breaker::note_outage(std::string_view reason) {
  Ledger::Session session{ledger_};
  Record& record = session.record;
  ++record.failures;
  record.last_failure = now();
  record.set_reason(reason);
  if (!is_tripped(record)) return;
  const auto doublings = std::min<std::uint64_t>(record.failures - failures_, most_doublings);
  record.paused_until = now() + (pause_.count() << doublings);
}

Breaker::Look Breaker::look() const {
  const Record record = ledger_.read();
  Look out;
  out.failures = record.failures;
  out.reason = record.reason_text();
  if (!is_tripped(record)) return out;
  out.until_probe = Milliseconds{std::max<UnixMs>(record.paused_until - now(), 0)};
  out.state = out.until_probe.count() > 0 ? BreakerState::open : BreakerState::half_open;
  return out;
}

}  // namespace tomada::upstream
