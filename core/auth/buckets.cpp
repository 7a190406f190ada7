// The generic cell rate algorithm: of a bucket only the time is kept at which it is full again.
#include "core/auth/buckets.hpp"

#include <algorithm>

namespace tomada::auth {
namespace {

constexpr std::chrono::minutes window{1};

}  // namespace

Buckets::Buckets(std::size_t per_minute, const Clock& clock, std::size_t most_names)
    : per_minute_{std::max<std::size_t>(per_minute, 1)},
      each_{std::chrono::duration_cast<SteadyTime::duration>(window) / static_cast<std::int64_t>(per_minute_)},
      most_in_shard_{std::max<std::size_t>(most_names / shards, 1)},
      clock_{clock} {}

Buckets::Shard& Buckets::shard_of(std::string_view name) const noexcept {
  return shards_[(Hash{}(name) >> 7) % shards];
}

std::optional<Milliseconds> Buckets::over(SteadyTime full_at, SteadyTime now) const {
  const auto missing = std::max(full_at, now) + each_ - now;
  const auto holds = each_ * static_cast<std::int64_t>(per_minute_);
  if (missing <= holds) return std::nullopt;
  return std::max(std::chrono::ceil<Milliseconds>(missing - holds), Milliseconds{1});
}

std::optional<Milliseconds> Buckets::take(std::string_view name) {
  auto& shard = shard_of(name);
  const auto now = clock_.steady_now();
  const std::lock_guard lock{shard.mutex};
  auto found = shard.full_at.find(name);
  if (found == shard.full_at.end()) {
    if (shard.full_at.size() >= most_in_shard_) make_room(shard.full_at, now);
    found = shard.full_at.emplace(std::string{name}, now).first;
  }
  if (const auto wait = over(found->second, now)) return wait;
  found->second = std::max(found->second, now) + each_;
  return std::nullopt;
}

std::optional<Milliseconds> Buckets::wait(std::string_view name) const {
  const auto& shard = shard_of(name);
  const std::lock_guard lock{shard.mutex};
  const auto found = shard.full_at.find(name);
  return found == shard.full_at.end() ? std::nullopt : over(found->second, clock_.steady_now());
}

void Buckets::give_back(std::string_view name) {
  auto& shard = shard_of(name);
  const std::lock_guard lock{shard.mutex};
  const auto found = shard.full_at.find(name);
  if (found != shard.full_at.end()) found->second -= each_;
}

std::size_t Buckets::size() const {
  std::size_t out = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock{shard.mutex};
    out += shard.full_at.size();
  }
  return out;
}

void Buckets::make_room(Map& map, SteadyTime now) const {
  std::erase_if(map, [now](const auto& each) { return each.second <= now; });
  if (map.size() < most_in_shard_) return;
  const auto is_fuller = [](const auto& a, const auto& b) { return a.second < b.second; };
  map.erase(std::min_element(map.begin(), map.end(), is_fuller));
}

}  // namespace tomada::auth
