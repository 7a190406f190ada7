// A connection that has lain still may be gone without a word, so what breaks on a used one before anything came is
// asked once more on a new one. Statements only read: asking twice changes nothing.
#include "core/sql/sessions.hpp"

#include "core/upstream/address.hpp"

#include <algorithm>

namespace tomada::sql {
namespace {

constexpr Milliseconds longest_idle{5 * 60'000};
constexpr std::size_t most_idle = 8;

}  // namespace

Sessions::Sessions(std::unique_ptr<Driver> driver, std::string host, const Options& options, const Clock& clock)
    : driver_{std::move(driver)},
      host_{std::move(host)},
      connect_timeout_{options.connect_timeout},
      timeout_{options.timeout},
      allow_private_{options.allow_private},
      clock_{clock} {}

std::unique_ptr<Session> Sessions::take_idle() {
  std::vector<Idle> dying;  // closed outside the lock
  const std::lock_guard lock{mutex_};
  const SteadyTime oldest = clock_.steady_now() - longest_idle;
  const auto fresh = std::find_if(idle_.begin(), idle_.end(), [&](const Idle& idle) { return idle.since > oldest; });
  dying.assign(std::make_move_iterator(idle_.begin()), std::make_move_iterator(fresh));
  idle_.erase(idle_.begin(), fresh);
  if (idle_.empty()) return nullptr;
  auto out = std::move(idle_.back().session);
  idle_.pop_back();
  return out;
}

void Sessions::put_back(std::unique_ptr<Session> session) {
  const std::lock_guard lock{mutex_};
  if (idle_.size() < most_idle) idle_.push_back({std::move(session), clock_.steady_now()});
}

Patience Sessions::left(Milliseconds at_most, const upstream::Patience& patience) const {
  return {std::min(at_most, patience.left()), patience.stop()};
}

std::optional<Trouble> Sessions::run(const Statement& statement, TableWriter& writer,
                                     const upstream::Patience& patience) {
  for (bool may_reuse = true;;) {
    auto session = may_reuse ? take_idle() : nullptr;
    if (session && !session->is_sound()) continue;  // and the next one
    const bool is_used = session != nullptr;
    if (!is_used) {
      auto connected = connect(patience);
      if (!connected) return connected.error();
      session = std::move(*connected);
    }
    writer.begin();
    auto trouble = session->ask(statement, writer, left(timeout_, patience));
    const bool may_go_on = !trouble || trouble->how == Broken::statement || trouble->how == Broken::too_slow;
    if (may_go_on && writer.excess() == TableWriter::Excess::none) put_back(std::move(session));
    if (!trouble || trouble->how != Broken::cut || !is_used || writer.has_begun()) return trouble;
    may_reuse = false;
  }
}

Sessions::Connected Sessions::connect(const upstream::Patience& patience) {
  if (host_.empty()) return driver_->connect({}, left(connect_timeout_, patience));
  const auto found = addresses(patience);
  if (!found) return found.error();
  Trouble last{Broken::connect, "it has no address", {}};
  for (const auto& address : *found) {
    auto connected = driver_->connect(address, left(connect_timeout_, patience));
    if (connected) return connected;
    last = connected.error();
    if (last.how != Broken::connect && last.how != Broken::silent) break;
  }
  return last;
}

boost::system::result<std::vector<std::string>, Trouble> Sessions::addresses(const upstream::Patience& patience) {
  auto found = upstream::resolve(host_, patience);
  if (!found) {
    const auto code = found.error().code;
    if (code == ErrorCode::cancelled) return Trouble{Broken::cancelled, "the caller gave up", {}};
    return Trouble{Broken::connect,
                   code == ErrorCode::timeout ? "its name could not be looked up in time" : "its name has no address",
                   {}};
  }
  std::erase_if(*found,
                [this](const std::string& each) { return !allow_private_ && upstream::is_private_address(each); });
  if (found->empty())
    return Trouble{Broken::forbidden, "its address is private or local, which allow_private = false forbids", {}};
  return std::move(*found);
}

}  // namespace tomada::sql
