#pragma once
// Shard: one independently locked part of the result cache.
#include "core/cache/ghosts.hpp"
#include "core/cache/key.hpp"
#include "core/cache/queue.hpp"
#include "core/cache/result_cache.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace tomada::cache {

class Shard final {
 public:
  static constexpr std::size_t overhead_bytes = 448;
  // What an entry costs beside its texts: map node, control block, Entry, bookkeeping, ghost.

  explicit Shard(std::size_t capacity) : capacity_{capacity} {}

  enum class Count { yes, no };
  [[nodiscard]] Found find(const Asked& key, SteadyTime now, Count count);
  [[nodiscard]] ResultCache::Place join(const Asked& key, const Matter& matter, Follower follower);
  struct Landed {
    std::vector<Follower> waiting;  // the caller calls them outside the lock
    bool is_kept = false;
  };
  [[nodiscard]] Landed land(const Asked& key, const std::shared_ptr<const Entry>& entry, SteadyTime now);
  void remember(const Asked& key, const std::shared_ptr<const Entry>& entry, SteadyTime now);
  [[nodiscard]] bool is_flying(const Asked& key) const;
  void dirty(const Matter& write, ResultCache::Write write_is, SteadyTime now);
  void doubt(SteadyTime now);
  void clear();
  void add_used_to(std::vector<Kept>& out, std::size_t most_bytes) const;
  void add_to(Statistics& sum) const;

 private:
  struct Node {
    std::shared_ptr<const Entry> entry;
    const Key* key = nullptr;
    SteadyTime expires{};  // from then on it is stale
    SteadyTime dies{};     // and from then on nothing
    std::size_t weight = 0;
    int uses = 0;            // since the queue last looked; at most most_uses
    bool is_proven = false;  // in the main queue
    Node* older = nullptr;
    Node* newer = nullptr;
  };
  struct Flight {
    Matter matter;
    bool is_true = true;  // nothing was written meanwhile that it may have missed
    std::vector<Follower> followers{};
  };
  template <class T>
  using Map = std::unordered_map<Key, T, KeyHash, KeyEqual>;

  void keep(const Asked& key, std::shared_ptr<const Entry> entry, SteadyTime now);
  static void doubt(Node& node, SteadyTime now) {
    node.expires = std::min(node.expires, now - node.entry->stale_while_revalidate);
  }
  void make_room(SteadyTime now);
  void try_out(Node& oldest, SteadyTime now);
  void pass(Node& oldest, SteadyTime now);
  [[nodiscard]] Queue<Node>& queue_of(const Node& node) noexcept { return node.is_proven ? main_ : trial_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return trial_.bytes() + main_.bytes(); }
  void evict(Node& node);
  void remove(Node& node);

  const std::size_t capacity_;
  mutable std::mutex mutex_;  // guards everything below
  Map<Node> nodes_;           // addresses of elements are stable, so they are also the links of the queues
  Map<Flight> flights_;
  Queue<Node> trial_, main_;
  Ghosts ghosts_;  // of those that failed their trial
  std::uint64_t hits_ = 0, stale_ = 0, misses_ = 0, followers_ = 0, evictions_ = 0;
};

}  // namespace tomada::cache
