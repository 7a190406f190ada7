#pragma once
// Shard: one independently locked part of the result cache.
#include "core/cache/result_cache.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::cache {

class Shard final {
 public:
  explicit Shard(std::size_t capacity) : capacity_{capacity} {}

  enum class Count { yes, no };
  [[nodiscard]] std::shared_ptr<const Entry> find(std::string_view key, SteadyTime now, Count count);
  [[nodiscard]] ResultCache::Place join(std::string_view key, Follower follower);
  [[nodiscard]] std::vector<Follower> land(std::string_view key, const std::shared_ptr<const Entry>& entry,
                                           SteadyTime now);
  // Who waited; the caller calls them outside the lock.
  void clear();
  void add_to(Statistics& sum) const;

 private:
  struct Node {
    std::shared_ptr<const Entry> entry;
    const std::string* key = nullptr;
    SteadyTime expires{};
    std::size_t weight = 0;
    bool is_visited = false;
    Node* older = nullptr;
    Node* newer = nullptr;
  };
  struct Flight {
    std::uint64_t epoch = 0;
    std::vector<Follower> followers;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <class T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  void keep(std::string_view key, std::shared_ptr<const Entry> entry, SteadyTime now);
  void make_room(SteadyTime now);
  void unlink(Node& node) noexcept;
  void remove(Node& node);

  const std::size_t capacity_;
  mutable std::mutex mutex_;  // guards everything below
  Map<Node> nodes_;           // addresses of elements are stable, so they are also the links of the queue
  Map<Flight> flights_;
  Node* newest_ = nullptr;
  Node* oldest_ = nullptr;
  Node* hand_ = nullptr;  // where the next search for something to evict goes on
  std::uint64_t epoch_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t hits_ = 0, misses_ = 0, followers_ = 0, evictions_ = 0;
};

}  // namespace tomada::cache
