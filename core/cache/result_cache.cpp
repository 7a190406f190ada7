// Sharded by the key's hash so that threads rarely meet; a hit is one shard's lock, one look-up and one pointer copy.
// It deliberately does not know tools or tenants: the key carries the scope, the stage in front decides what to do with
// a stale answer or a miss.
#include "core/cache/result_cache.hpp"

#include "core/cache/shard.hpp"

#include <algorithm>
#include <bit>
#include <deque>

namespace tomada::cache {
namespace {

constexpr std::size_t most_shards = 16;
constexpr std::size_t least_shard_bytes = 1u << 20;

std::size_t shard_count(std::size_t capacity) {
  return std::clamp(std::bit_floor(capacity / least_shard_bytes), std::size_t{1}, most_shards);
}

}  // namespace

bool Matter::is_touched_by(const Matter& write) const noexcept {
  if (plugin != write.plugin) return false;
  const auto is_written = [&](const auto& tag) {
    return std::find(write.tags.begin(), write.tags.end(), tag) != write.tags.end();
  };
  return tags.empty() || write.tags.empty() || std::any_of(tags.begin(), tags.end(), is_written);
}

struct ResultCache::State {
  State(std::size_t capacity, const Clock& time) : clock{time}, mask{shard_count(capacity) - 1} {
    for (std::size_t i = 0; i <= mask; ++i) shards.emplace_back(capacity / (mask + 1));
  }
  Shard& shard(const Asked& key) {  // the map inside a shard uses the low bits
    return shards[key.hash >> 56 & mask];
  }

  const Clock& clock;
  const std::size_t mask;
  std::deque<Shard> shards;  // shards hold a mutex: they cannot move
};

ResultCache::ResultCache(std::size_t capacity_bytes, const Clock& clock)
    : state_{std::make_unique<State>(capacity_bytes, clock)} {}

ResultCache::~ResultCache() = default;

Found ResultCache::find(std::string_view key) {
  const Asked asked{key};
  return state_->shard(asked).find(asked, state_->clock.steady_now(), Shard::Count::yes);
}

Found ResultCache::peek(std::string_view key) {
  const Asked asked{key};
  return state_->shard(asked).find(asked, state_->clock.steady_now(), Shard::Count::no);
}

ResultCache::Place ResultCache::join(std::string_view key, const Matter& matter, Follower follower) {
  const Asked asked{key};
  return state_->shard(asked).join(asked, matter, std::move(follower));
}

bool ResultCache::land(std::string_view key, const std::shared_ptr<const Entry>& entry) {
  const Asked asked{key};
  const auto landed = state_->shard(asked).land(asked, entry, state_->clock.steady_now());
  for (const Follower& follower : landed.waiting) follower(entry);
  return landed.is_kept;
}

void ResultCache::remember(std::string_view key, const std::shared_ptr<const Entry>& entry) {
  const Asked asked{key};
  state_->shard(asked).remember(asked, entry, state_->clock.steady_now());
}

bool ResultCache::is_flying(std::string_view key) const {
  const Asked asked{key};
  return state_->shard(asked).is_flying(asked);
}

void ResultCache::dirty(const Matter& write, Write write_is) {
  for (Shard& shard : state_->shards) shard.dirty(write, write_is, state_->clock.steady_now());
}

void ResultCache::doubt() {
  for (Shard& shard : state_->shards) shard.doubt(state_->clock.steady_now());
}

void ResultCache::clear() {
  for (Shard& shard : state_->shards) shard.clear();
}

std::vector<Kept> ResultCache::in_use(std::size_t most_bytes) const {
  std::vector<Kept> out;
  for (const Shard& shard : state_->shards) shard.add_used_to(out, most_bytes / state_->shards.size());
  return out;
}

Statistics ResultCache::statistics() const {
  Statistics sum;
  for (const Shard& shard : state_->shards) shard.add_to(sum);
  return sum;
}

}  // namespace tomada::cache
