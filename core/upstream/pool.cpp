#include "core/upstream/pool.hpp"

#include "core/base/text.hpp"
#include "core/upstream/address.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

constexpr Milliseconds longest_idle{4'000};  // below the five seconds after which common servers hang up
constexpr Milliseconds addresses_last{30'000};
constexpr std::size_t most_idle = 16;

}  // namespace

Pool::Pool(Url url, ConnectionOptions options, bool allow_private, const Clock& clock, Watchdog& watchdog)
    : url_{std::move(url)}, options_{options}, allow_private_{allow_private}, clock_{clock}, watchdog_{watchdog} {}

std::unique_ptr<Connection> Pool::take_idle() {
  std::vector<Idle> dying;  // closed outside the lock
  const std::lock_guard lock{mutex_};
  const SteadyTime oldest = clock_.steady_now() - longest_idle;
  const auto fresh = std::find_if(idle_.begin(), idle_.end(), [&](const Idle& idle) { return idle.since > oldest; });
  dying.assign(std::make_move_iterator(idle_.begin()), std::make_move_iterator(fresh));
  idle_.erase(idle_.begin(), fresh);
  if (idle_.empty()) return nullptr;
  auto out = std::move(idle_.back().connection);
  idle_.pop_back();
  return out;
}

void Pool::put_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock{mutex_};
  if (idle_.size() < most_idle) idle_.push_back({std::move(connection), clock_.steady_now()});
}

Pool::Answer Pool::run(const Exchange& exchange, Milliseconds at_most, const Patience& patience, bool may_reuse) {
  auto idle = may_reuse ? take_idle() : nullptr;
  if (!idle) return run_on_new(exchange, at_most, patience);
  auto answer = idle->run(exchange, at_most, patience);
  if (answer) put_back(std::move(idle));
  return answer;
}

Pool::Answer Pool::run_on_new(const Exchange& exchange, Milliseconds at_most, const Patience& patience) {
  const auto found = addresses(patience);
  if (!found) return found.error();
  Breakage last{Broken::connect, "it has no address", false};
  for (const std::string& address : *found) {
    auto connection = make_connection(url_, address, options_, watchdog_);
    auto answer = connection->run(exchange, at_most, patience);
    if (answer) {
      put_back(std::move(connection));
      return answer;
    }
    last = answer.error();
    if (last.how != Broken::connect) break;
  }
  return last;
}

boost::system::result<std::vector<std::string>, Breakage> Pool::addresses(const Patience& patience) {
  {
    const std::lock_guard lock{mutex_};
    if (clock_.steady_now() < addresses_until_) return addresses_;
  }
  auto found = resolve(url_.host, patience);
  if (!found) {
    const bool is_cancelled = found.error().code == ErrorCode::cancelled;
    const bool is_late = found.error().code == ErrorCode::timeout;
    const Broken how = is_cancelled ? Broken::cancelled : is_late ? Broken::timeout : Broken::connect;
    return Breakage{how, is_late ? "its name could not be looked up in time" : "its name has no address", false};
  }
  const auto is_forbidden = [this](const std::string& address) {
    return !allow_private_ && is_private_address(address);
  };
  found->erase(std::remove_if(found->begin(), found->end(), is_forbidden), found->end());
  if (found->empty())
    return Breakage{Broken::forbidden, "its address is private or local, which allow_private = false forbids", false};
  const std::lock_guard lock{mutex_};
  addresses_ = *found;
  addresses_until_ = clock_.steady_now() + addresses_last;
  return *found;
}

}  // namespace tomada::upstream
