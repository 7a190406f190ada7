#pragma once
// Buckets: one token bucket for each name, in bounded memory. A bucket that is full again is forgotten.
#include "core/base/clock.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tomada::auth {

class Buckets final {
 public:
  Buckets(std::size_t per_minute, const Clock& clock, std::size_t most_names = 16'384);
  // A bucket holds what one minute gives: that much may be taken at once. Beyond most_names the bucket that is nearest
  // to full is forgotten for a new one.

  // All [any thread].
  [[nodiscard]] std::optional<Milliseconds> take(std::string_view name);  // none: taken; else when there is one again
  [[nodiscard]] std::optional<Milliseconds> wait(std::string_view name) const;  // what take() would say
  void give_back(std::string_view name);
  [[nodiscard]] std::size_t size() const;  // buckets that are remembered
  [[nodiscard]] std::size_t per_minute() const noexcept { return per_minute_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const noexcept { return std::hash<std::string_view>{}(name); }
  };
  using Map = std::unordered_map<std::string, SteadyTime, Hash, std::equal_to<>>;  // to when it is full again
  struct Shard {
    mutable std::mutex mutex;  // guards full_at
    Map full_at;
  };
  static constexpr std::size_t shards = 16;

  [[nodiscard]] Shard& shard_of(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<Milliseconds> over(SteadyTime full_at, SteadyTime now) const;
  void make_room(Map& map, SteadyTime now) const;

  const std::size_t per_minute_;
  const SteadyTime::duration each_;  // how long one takes to come back
  const std::size_t most_in_shard_;
  const Clock& clock_;
  mutable std::array<Shard, shards> shards_;
};

}  // namespace tomada::auth
