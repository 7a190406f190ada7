#include "core/auth/keyring.hpp"

#include <algorithm>
#include <utility>

namespace tomada::auth {
namespace {

constexpr std::int64_t between_writes = 60'000;  // milliseconds

}  // namespace

void Keyring::publish(std::shared_ptr<const Ring> next) {
  ring_.publish(std::move(next));
  ++edition_;
}

void Keyring::configure(std::vector<ConfiguredKey> keys) {
  const std::lock_guard lock{mutex_};
  auto next = std::make_shared<Ring>(*ring_.read());
  next->configured.clear();
  if (first_) keys.push_back(*first_);  // last: what is there stays
  for (auto& each : keys) {
    next->configured.try_emplace(digest(each.credential), std::make_shared<const Principal>(std::move(each.principal)));
  }
  publish(std::move(next));
}

void Keyring::accept(ConfiguredKey first) {
  const std::lock_guard lock{mutex_};
  auto next = std::make_shared<Ring>(*ring_.read());
  next->configured.try_emplace(digest(first.credential), std::make_shared<const Principal>(first.principal));
  first_ = std::move(first);
  publish(std::move(next));
}

Result<void> Keyring::refresh() {
  const std::lock_guard lock{mutex_};
  const auto version = keys_.version();
  if (!version) return version.error();
  if (version_ == *version) return {};
  auto keys = keys_.list();
  if (!keys) return keys.error();
  auto next = std::make_shared<Ring>();
  next->configured = ring_.read()->configured;
  for (auto& key : *keys) {
    auto& use = uses_[key.id];
    if (!use) use = std::make_shared<Use>();
    auto principal = std::make_shared<const Principal>(key.principal);
    const std::string id = key.id;
    next->kept.emplace(id, Entry{std::move(key), std::move(principal), use});
  }
  version_ = *version;
  publish(std::move(next));
  return {};
}

std::optional<Holder> Keyring::find(std::string_view credential) const {
  const auto ring = ring_.read();
  if (const auto parts = read_credential(credential)) {
    const auto found = ring->kept.find(parts->id);
    if (found != ring->kept.end()) {
      const auto& [key, principal, use] = found->second;
      const auto now = clock_.wall_now();
      if (!is_same(key.secret, digest(parts->secret)) || !key.is_good(now)) return std::nullopt;
      use->last.store(unix_ms(now), std::memory_order_relaxed);
      return Holder{principal, key.expires};
    }
  }
  if (ring->configured.empty()) return std::nullopt;
  const auto found = ring->configured.find(digest(credential));
  if (found == ring->configured.end()) return std::nullopt;
  return Holder{found->second};
}

std::size_t Keyring::size() const {
  const auto ring = ring_.read();
  const auto now = clock_.wall_now();
  const auto is_good = [now](const auto& each) { return each.second.key.is_good(now); };
  const auto kept = std::count_if(ring->kept.begin(), ring->kept.end(), is_good);
  return static_cast<std::size_t>(kept) + ring->configured.size();
}

bool Keyring::has_none() const {
  const auto ring = ring_.read();
  return ring->kept.empty() && ring->configured.empty();
}

Result<void> Keyring::write_uses() {
  const std::lock_guard lock{mutex_};
  for (const auto& [id, use] : uses_) {
    const auto last = use->last.load(std::memory_order_relaxed);
    if (last == 0 || last < use->written + between_writes) continue;
    if (const auto noted = keys_.note_use(id, WallTime{Milliseconds{last}}); !noted) return noted.error();
    use->written = last;
  }
  return {};
}

}  // namespace tomada::auth
