// A young copy answers at once; an older one too, while it is refreshed behind the answer; one that is too old, that
// something was written past, or that a fresh look was asked of, is refreshed first. When the ERP cannot be asked, the
// copy answers and says as of when, and why not as of now. Who waits is told how far the copying is.
#include "mirror/mirror.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <thread>
#include <utility>

namespace tomada::erp::mirror {
namespace {

constexpr std::int64_t look_again_ms = 100, before_deadline_ms = 1'500, longest_task_ms = 55 * 60'000;
constexpr int most_attempts = 3;

std::string digest(std::string_view text) {  // FNV-1a: names a file, protects nothing
  std::uint64_t hash = 14695981039346656037u;
  for (const unsigned char byte : text) hash = (hash ^ byte) * 1099511628211u;
  std::array<char, 17> out{};
  std::snprintf(out.data(), out.size(), "%016llx", static_cast<unsigned long long>(hash));
  return out.data();
}

std::string path_in(const std::string& folder, Source& source) {
  return folder + "/mirror-" + digest(std::string{source.name()} + ' ' + source.feed()->account()) + ".db";
}

}  // namespace

struct Mirror::Wait {
  std::int64_t from_ms = 0;   // the copy must be of then at the earliest
  std::int64_t began_ms = 0;  // the call did
  std::int64_t most_ms = 0;   // 0: as long as it takes
  std::int64_t attempts = 0;
  std::int64_t look = 0;  // of the keeper's: it or a later one decides
  int left = most_attempts;
};

Mirror::Mirror(Source& source, const std::string& folder, std::int64_t fresh_ms, sdk::Host host)
    : source_{source},
      fresh_ms_{fresh_ms},
      patient_ms_{10 * fresh_ms},
      host_{host},
      path_{path_in(folder, source_)},
      store_{path_},
      keeper_{store_, *source_.feed(), path_ + ".lock", host, [this](const std::stop_token& stop) {
                Request aside;
                aside.is_background = true;
                aside.stop = stop;
                aside.today = Date::from_days(today_);
                store_.save_balances(source_.balances(aside));
              }} {}

std::int64_t Mirror::oldest(Shelves needed) const {
  std::int64_t out = 0;
  for (const auto shelf : needed) {
    const auto at = store_.state(shelf).as_of_ms;
    if (at == 0) return 0;
    out = out == 0 ? at : std::min(out, at);
  }
  return out;
}

Provenance Mirror::as_of(std::int64_t as_of_ms) const {
  Provenance out;
  out.as_of_ms = as_of_ms;
  out.age_ms = std::max<std::int64_t>(0, host_.unix_ms() - as_of_ms);
  out.refresh_in_ms = std::max<std::int64_t>(0, fresh_ms_ - out.age_ms);
  return out;
}

Provenance Mirror::stale(std::int64_t as_of_ms, const std::string& why) const {
  if (as_of_ms == 0) throw sdk::ToolError{why};
  auto out = as_of(as_of_ms);
  out.trouble = why;
  return out;
}

// A booking is told as it ended, whatever becomes of the mark.
void Mirror::mark_dirty() noexcept {
  const auto now_ms = host_.unix_ms();
  try {
    store_.mark_dirty(now_ms);
  } catch (const std::exception& error) {
    unkept_dirty_ms_ = now_ms;
    host_.log(TOMADA_WARNING, std::string{"the mirror could not keep that something was booked: "} + error.what());
  }
}

Provenance Mirror::look(Shelves needed, const Request& request) {
  today_ = request.today.days();
  const auto at = oldest(needed), dirty_at = std::max<std::int64_t>(store_.dirty_ms(), unkept_dirty_ms_);
  if (at == 0) return wait_for(needed, 1, request);
  if (dirty_at >= at) return wait_for(needed, dirty_at, request);
  const auto age = host_.unix_ms() - at;
  if (age < fresh_ms_) return as_of(at);
  if (request.wants_fresh || age >= patient_ms_) return wait_for(needed, at + 1, request);
  keeper_.wake();
  return as_of(at);
}

Provenance Mirror::wait_for(Shelves needed, std::int64_t from_ms, const Request& request) {
  const bool is_task = request.call && request.call->become_task();
  const auto began_ms = request.began_ms > 0 ? request.began_ms : host_.steady_ms();
  Wait wait{from_ms, began_ms, 0, store_.last_attempt().ended, keeper_.awaited_look()};
  if (is_task)
    wait.most_ms = longest_task_ms;
  else if (request.call && request.call->deadline_ms() > 0)
    wait.most_ms = std::max<std::int64_t>(1, request.call->deadline_ms() - before_deadline_ms);
  while (true) {
    keeper_.wake();
    keeper_.wait(look_again_ms);
    if (request.call) request.call->check();
    if (const auto at = oldest(needed); at >= wait.from_ms) return as_of(at);
    if (auto over = after_attempt(wait, needed)) return *over;
    const auto progress = told_progress(needed, request);
    const bool is_late = wait.most_ms > 0 && host_.steady_ms() - wait.began_ms >= wait.most_ms;
    if (is_late)
      return stale(oldest(needed), std::string{source_.name()} + " is being copied for questions over everything (" +
                                       progress + "). The copying goes on; ask again in a minute.");
    if (!keeper_.is_busy()) std::this_thread::sleep_for(std::chrono::milliseconds{look_again_ms});  // another process's
  }
}

// Nothing: it is worth waiting on.
std::optional<Provenance> Mirror::after_attempt(Wait& wait, Shelves needed) const {
  if (const auto trouble = keeper_.trouble(); !trouble.empty())
    return stale(oldest(needed), "the copy for questions over everything cannot be written: " + trouble +
                                     ". Make room in the state folder, or set mirror = false in the plugin's section.");
  const auto attempt = store_.last_attempt();
  if (const auto why = failure(needed, wait); !why.empty()) return stale(oldest(needed), why);
  if (attempt.ended == wait.attempts) return std::nullopt;
  wait.attempts = attempt.ended;
  const auto has_failed = [&](Shelf shelf) { return attempt.failed[place_of(shelf)]; };
  if (std::any_of(needed.begin(), needed.end(), has_failed))
    return stale(oldest(needed), std::string{source_.name()} +
                                     " could not be copied by another process of this server; ask again in a minute, "
                                     "or see the health of its upstream.");
  if (--wait.left > 0) return std::nullopt;
  return stale(oldest(needed),
               std::string{source_.name()} + " changed all the time while it was copied; ask again in a minute.");
}

std::string Mirror::failure(Shelves needed, const Wait& wait) const {
  for (const auto shelf : needed)
    if (auto why = keeper_.failure(shelf, wait.look); !why.empty()) return why;
  return {};
}

std::string Mirror::told_progress(Shelves needed, const Request& request) const {
  std::int64_t done = 0, total = 0;
  std::string out;
  for (const auto shelf : needed) {
    const auto state = store_.state(shelf);
    if (state.is_whole() || state.total < 0) continue;
    done += state.done;
    total += state.total;
    out += (out.empty() ? "" : ", ") + std::string{name_of(shelf)} + ' ' + std::to_string(state.done) + " of " +
           std::to_string(state.total);
  }
  if (out.empty()) out = "asking for what has changed";
  if (request.call)
    request.call->progress(static_cast<double>(done), static_cast<double>(total),
                           "copying " + std::string{source_.name()} + ": " + out);
  return out;
}

Balances Mirror::balances(const Request& request) {
  auto kept = store_.balances();
  if (kept) static_cast<Provenance&>(*kept) = as_of(kept->as_of_ms);
  const auto limit = request.wants_fresh ? fresh_ms_ : patient_ms_;
  if (kept && kept->age_ms < limit) return *kept;
  try {
    auto out = source_.balances(request);
    store_.save_balances(out);
    return out;
  } catch (const sdk::ToolError& error) {
    if (!kept) throw;
    static_cast<Provenance&>(*kept) = stale(kept->as_of_ms, error.what());
    return *kept;
  }
}

}  // namespace tomada::erp::mirror
