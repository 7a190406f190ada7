#include "core/cache/shard.hpp"

#include <utility>

namespace tomada::cache {
namespace {

// What an entry costs beside its texts: map node, control block, Entry, bookkeeping.
constexpr std::size_t overhead_bytes = 384;
// An entry heavier than this part of a shard would push out too much else.
constexpr std::size_t largest_part = 4;
// Up to 1/16 of the time to live is taken off by the key's hash, so that entries kept together do not expire together.
constexpr std::int64_t jitter_part = 16;

SteadyTime expiry(std::string_view key, const Entry& entry, SteadyTime now) {
  const bool is_start_known = entry.kept_at != SteadyTime{} && entry.kept_at <= now;
  const auto slice =
      entry.time_to_live.count() * static_cast<std::int64_t>(std::hash<std::string_view>{}(key) >> 40 & 1023);
  return (is_start_known ? entry.kept_at : now) + entry.time_to_live - Milliseconds{slice / 1024 / jitter_part};
}

}  // namespace

std::shared_ptr<const Entry> Shard::find(std::string_view key, SteadyTime now, Count count) {
  const std::lock_guard lock{mutex_};
  const auto found = nodes_.find(key);
  const bool is_fresh = found != nodes_.end() && now < found->second.expires;
  if (count == Count::yes) ++(is_fresh ? hits_ : misses_);
  if (!is_fresh) return nullptr;
  found->second.is_visited = true;
  return found->second.entry;
}

ResultCache::Place Shard::join(std::string_view key, Follower follower) {
  const std::lock_guard lock{mutex_};
  if (const auto found = flights_.find(key); found != flights_.end()) {
    found->second.followers.push_back(std::move(follower));
    ++followers_;
    return ResultCache::Place::follower;
  }
  flights_.emplace(std::string{key}, Flight{epoch_, {}});
  return ResultCache::Place::leader;
}

std::vector<Follower> Shard::land(std::string_view key, const std::shared_ptr<const Entry>& entry, SteadyTime now) {
  const std::lock_guard lock{mutex_};
  std::vector<Follower> waiting;
  bool is_current = true;
  if (const auto flight = flights_.find(key); flight != flights_.end()) {
    is_current = flight->second.epoch == epoch_;
    waiting = std::move(flight->second.followers);
    flights_.erase(flight);
  }
  if (entry && is_current && !entry->failure) keep(key, entry, now);
  return waiting;
}

void Shard::keep(std::string_view key, std::shared_ptr<const Entry> entry, SteadyTime now) {
  if (const auto old = nodes_.find(key); old != nodes_.end()) remove(old->second);
  const std::size_t weight = entry->bytes() + key.size() + overhead_bytes;
  const SteadyTime expires = expiry(key, *entry, now);
  if (expires <= now || weight > capacity_ / largest_part) return;
  const auto place = nodes_.emplace(std::string{key}, Node{}).first;
  Node& node = place->second;
  node = Node{std::move(entry), &place->first, expires, weight, false, newest_, nullptr};
  (newest_ ? newest_->newer : oldest_) = &node;
  newest_ = &node;
  bytes_ += weight;
  make_room(now);
}

// SIEVE: the hand walks from old to new; what was used since it last came by is spared once, the rest goes.
void Shard::make_room(SteadyTime now) {
  while (bytes_ > capacity_) {
    Node* candidate = hand_ ? hand_ : oldest_;
    while (candidate->is_visited && now < candidate->expires) {
      candidate->is_visited = false;
      candidate = candidate->newer ? candidate->newer : oldest_;
    }
    hand_ = candidate;
    remove(*candidate);  // moves the hand on
    ++evictions_;
  }
}

void Shard::unlink(Node& node) noexcept {
  if (hand_ == &node) hand_ = node.newer;
  (node.older ? node.older->newer : oldest_) = node.newer;
  (node.newer ? node.newer->older : newest_) = node.older;
}

void Shard::remove(Node& node) {
  unlink(node);
  bytes_ -= node.weight;
  nodes_.erase(nodes_.find(*node.key));
}

void Shard::clear() {
  Map<Node> dying;  // destroyed outside the lock
  {
    const std::lock_guard lock{mutex_};
    dying.swap(nodes_);
    newest_ = oldest_ = hand_ = nullptr;
    bytes_ = 0;
    ++epoch_;
  }
}

void Shard::add_to(Statistics& sum) const {
  const std::lock_guard lock{mutex_};
  sum.hits += hits_;
  sum.misses += misses_;
  sum.followers += followers_;
  sum.evictions += evictions_;
  sum.bytes += bytes_;
  sum.entries += nodes_.size();
  sum.capacity += capacity_;
}

}  // namespace tomada::cache
