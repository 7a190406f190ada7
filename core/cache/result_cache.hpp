#pragma once
// ResultCache: outcomes of read-only tools by key, bounded in bytes, one flight per key.
#include "core/base/clock.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::cache {

struct Failure {
  int kind = 0;  // the dispatcher's, nothing to the cache
  std::string message;
  std::optional<Milliseconds> retry_after;
  bool is_of_upstream = false;  // what is known from before serves better
};

// What an answer is made of: the plugin instance, and the tags in its words; without tags it is made of all of them.
struct Matter {
  std::string plugin;
  std::vector<std::string> tags;

  [[nodiscard]] bool is_touched_by(const Matter& write) const noexcept;
  friend bool operator==(const Matter&, const Matter&) = default;
};

struct Entry {  // immutable once kept
  Matter matter;
  std::string structured, content, meta, source;
  std::optional<Failure> failure;  // the flight failed like this: followers hear it, it is never kept
  WallTime read_at{};              // when the facts were read
  SteadyTime kept_at{};            // where the time to live begins; the moment of land() when left out or in the future
  Milliseconds time_to_live{0};
  Milliseconds stale_while_revalidate{0};  // after it: still served, while one call looks again
  Milliseconds stale_if_error{0};          // after time_to_live, too: served when looking again has failed
  std::optional<Milliseconds> refresh_in;  // counted from kept_at: when a new look at the source is possible
  [[nodiscard]] std::size_t bytes() const noexcept {
    return structured.size() + content.size() + meta.size() + source.size();
  }
};

// When it is no longer fresh; the same for the same key in every process.
[[nodiscard]] SteadyTime fresh_until(std::string_view key, const Entry& entry, SteadyTime now);

enum class Age { fresh, to_refresh, on_error };  // on_error: to be served only when looking again has failed

struct Found {
  std::shared_ptr<const Entry> entry;  // null: nothing
  Age age = Age::fresh;

  [[nodiscard]] bool is_fresh() const noexcept { return entry && age == Age::fresh; }
};

struct Kept {
  std::string key;
  std::shared_ptr<const Entry> entry;
};

struct Statistics {
  std::uint64_t hits = 0, stale = 0, misses = 0, followers = 0, evictions = 0;
  std::size_t bytes = 0, entries = 0, capacity = 0;
};

// A follower learns how its leader's flight ended: an entry (perhaps with its failure), or null when the leader gave up
// (cancelled, out of time): then the follower must try for itself.
using Follower = std::function<void(std::shared_ptr<const Entry>)>;

// All [any thread].
class ResultCache final {
 public:
  ResultCache(std::size_t capacity_bytes, const Clock& clock);
  ~ResultCache();  // every flight has landed before

  [[nodiscard]] Found find(std::string_view key);  // counts a hit, a stale answer or a miss
  [[nodiscard]] Found peek(std::string_view key);  // counts nothing
  // A leader peeks once more before it flies: another flight may have landed between its find() and its join().

  enum class Place { leader, follower, alone };
  [[nodiscard]] Place join(std::string_view key, const Matter& matter, Follower follower);
  // alone: somebody flies, but what it brings is from before a write: ask for yourself, and land() nothing. leader: run
  // the flight, then land() it exactly once on every path, null when nothing came of it (hold a guard: a
  // leader that never lands leaves its followers waiting). follower: called once, on the thread that lands, outside all
  // locks; perhaps before join() has returned. It must not throw.
  bool land(std::string_view key, const std::shared_ptr<const Entry>& entry);  // null: the leader gave up
  // Without a flight (a refresh behind a served answer) it keeps the entry all the same. False: nothing is kept.
  void remember(std::string_view key, const std::shared_ptr<const Entry>& entry);
  // What a leader met on its way, for when its look fails: kept unless something younger is, or a write touched the
  // flight.

  [[nodiscard]] bool is_flying(std::string_view key) const;
  enum class Write { done, unknown };  // unknown: what it touches serves no more but when a new look fails
  void dirty(const Matter& write, Write write_is = Write::done);
  // Forgets what the write touches; flights in the air still answer their followers, but what they bring is not kept.
  void doubt();
  // Nobody knows what was written meanwhile: what is kept is stale at once, for when looking again fails; flights in
  // the air still answer their followers, but what they bring is not kept.
  void clear();  // flights in the air still answer their followers; what they bring is not kept
  [[nodiscard]] std::vector<Kept> in_use(std::size_t most_bytes) const;  // what was asked for again
  [[nodiscard]] Statistics statistics() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::cache
