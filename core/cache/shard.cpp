// Eviction is S3-FIFO: what is new stands in a short trial queue; used there more than once, or asked for again soon
// after it left, it comes into the main queue, where use buys another round. A sweep over everything once passes
// through the trial queue and pushes nothing out that is in use.
#include "core/cache/shard.hpp"

#include <algorithm>
#include <utility>

namespace tomada::cache {
namespace {

// An entry heavier than this part of a shard would push out too much else.
constexpr std::size_t largest_part = 4;
// Up to 1/16 of the time to live is taken off by the key's hash, so that entries kept together do not expire together.
constexpr std::int64_t jitter_part = 16;
constexpr std::size_t trial_part = 8;  // of the capacity
constexpr int most_uses = 3;

SteadyTime expiry(const Asked& key, const Entry& entry, SteadyTime now) {
  const bool is_start_known = entry.kept_at != SteadyTime{} && entry.kept_at <= now;
  const auto slice = entry.time_to_live.count() * static_cast<std::int64_t>(key.hash >> 40 & 1023);
  return (is_start_known ? entry.kept_at : now) + entry.time_to_live - Milliseconds{slice / 1024 / jitter_part};
}

}  // namespace

SteadyTime fresh_until(std::string_view key, const Entry& entry, SteadyTime now) {
  return expiry(Asked{key}, entry, now);
}

Found Shard::find(const Asked& key, SteadyTime now, Count count) {
  const std::lock_guard lock{mutex_};
  const auto found = nodes_.find(key);
  Found out;
  if (found != nodes_.end() && now < found->second.dies) {
    Node& node = found->second;
    node.uses = std::min(node.uses + 1, most_uses);
    out.entry = node.entry;
    out.age = now < node.expires                                        ? Age::fresh
              : now < node.expires + node.entry->stale_while_revalidate ? Age::to_refresh
                                                                        : Age::on_error;
  }
  if (count == Count::yes)
    ++(!out.entry || out.age == Age::on_error ? misses_ : out.age == Age::fresh ? hits_ : stale_);
  return out;
}

ResultCache::Place Shard::join(const Asked& key, const Matter& matter, Follower follower) {
  const std::lock_guard lock{mutex_};
  if (const auto found = flights_.find(key); found != flights_.end()) {
    if (!found->second.is_true) return ResultCache::Place::alone;
    found->second.followers.push_back(std::move(follower));
    ++followers_;
    return ResultCache::Place::follower;
  }
  flights_.emplace(Key{key}, Flight{matter});
  return ResultCache::Place::leader;
}

Shard::Landed Shard::land(const Asked& key, const std::shared_ptr<const Entry>& entry, SteadyTime now) {
  const std::lock_guard lock{mutex_};
  Landed out{{}, entry && !entry->failure};
  if (const auto flight = flights_.find(key); flight != flights_.end()) {
    out.is_kept = out.is_kept && flight->second.is_true;
    out.waiting = std::move(flight->second.followers);
    flights_.erase(flight);
  }
  if (out.is_kept) keep(key, entry, now);
  return out;
}

void Shard::remember(const Asked& key, const std::shared_ptr<const Entry>& entry, SteadyTime now) {
  const std::lock_guard lock{mutex_};
  const auto flight = flights_.find(key);
  if (flight == flights_.end() || !flight->second.is_true) return;
  const auto known = nodes_.find(key);
  if (known == nodes_.end() || known->second.entry->kept_at < entry->kept_at) keep(key, entry, now);
}

void Shard::keep(const Asked& key, std::shared_ptr<const Entry> entry, SteadyTime now) {
  const auto old = nodes_.find(key);
  const bool was_proven = old != nodes_.end() && old->second.is_proven;
  if (old != nodes_.end()) remove(old->second);
  const std::size_t weight = entry->bytes() + key.text.size() + overhead_bytes;
  const SteadyTime expires = expiry(key, *entry, now);
  const SteadyTime dies = expires + std::max(entry->stale_while_revalidate, entry->stale_if_error);
  if (dies <= now || weight > capacity_ / largest_part) return;
  const auto place = nodes_.emplace(Key{key}, Node{}).first;
  Node& node = place->second;
  node = Node{std::move(entry), &place->first, expires, dies, weight};
  node.is_proven = ghosts_.take(key.hash) || was_proven;
  queue_of(node).push(node);
  make_room(now);
}

void Shard::make_room(SteadyTime now) {
  while (bytes() > capacity_) {
    Node* const trial = trial_.oldest();
    Node* const proven = main_.oldest();
    const bool is_trial_full = trial_.bytes() > capacity_ / trial_part;
    if (trial && (is_trial_full || !proven)) {
      try_out(*trial, now);
    } else {
      pass(*proven, now);
    }
  }
}

// The trial of one node is over: it is proven, or it goes and leaves its ghost.
void Shard::try_out(Node& oldest, SteadyTime now) {
  if (oldest.uses <= 1 || now >= oldest.dies) {
    ghosts_.add(oldest.key->hash, nodes_.size());
    return evict(oldest);
  }
  trial_.remove(oldest);
  oldest.is_proven = true;
  oldest.uses = 0;
  main_.push(oldest);
}

// Use since it last came by buys another round.
void Shard::pass(Node& oldest, SteadyTime now) {
  if (oldest.uses == 0 || now >= oldest.dies) return evict(oldest);
  main_.remove(oldest);
  --oldest.uses;
  main_.push(oldest);
}

void Shard::evict(Node& node) {
  remove(node);
  ++evictions_;
}

void Shard::remove(Node& node) {
  queue_of(node).remove(node);
  nodes_.erase(nodes_.find(*node.key));
}

bool Shard::is_flying(const Asked& key) const {
  const std::lock_guard lock{mutex_};
  return flights_.contains(key);
}

void Shard::dirty(const Matter& write, ResultCache::Write write_is, SteadyTime now) {
  const std::lock_guard lock{mutex_};
  for (auto& [_, flight] : flights_) flight.is_true = flight.is_true && !flight.matter.is_touched_by(write);
  for (auto at = nodes_.begin(); at != nodes_.end();) {
    Node& node = (at++)->second;  // before it may go
    if (!node.entry->matter.is_touched_by(write)) continue;
    write_is == ResultCache::Write::done ? remove(node) : doubt(node, now);
  }
}

void Shard::doubt(SteadyTime now) {
  const std::lock_guard lock{mutex_};
  for (auto& [_, flight] : flights_) flight.is_true = false;
  for (auto& [_, node] : nodes_) doubt(node, now);
}

void Shard::clear() {
  Map<Node> dying;  // destroyed outside the lock
  {
    const std::lock_guard lock{mutex_};
    dying.swap(nodes_);
    trial_ = main_ = {};
    ghosts_.clear();
    for (auto& [_, flight] : flights_) flight.is_true = false;
  }
}

// The newest first: where the room ends, what would go next is left out.
void Shard::add_used_to(std::vector<Kept>& out, std::size_t most_bytes) const {
  const std::lock_guard lock{mutex_};
  for (const auto* queue : {&main_, &trial_}) {
    for (const Node* node = queue->newest(); node; node = node->older) {
      if (!node->is_proven && node->uses == 0) continue;
      if (node->weight > most_bytes) return;
      most_bytes -= node->weight;
      out.push_back({node->key->text, node->entry});
    }
  }
}

void Shard::add_to(Statistics& sum) const {
  const std::lock_guard lock{mutex_};
  sum.hits += hits_;
  sum.stale += stale_;
  sum.misses += misses_;
  sum.followers += followers_;
  sum.evictions += evictions_;
  sum.bytes += bytes();
  sum.entries += nodes_.size();
  sum.capacity += capacity_;
}

}  // namespace tomada::cache
