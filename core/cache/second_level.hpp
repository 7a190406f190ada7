#pragma once
// SecondLevel: results that several instances share through a store, behind the ResultCache of each. It is never in the
// way: without its store every question is as if nothing were known there.
#include "core/base/cipher.hpp"
#include "core/base/clock.hpp"
#include "core/base/snapshot.hpp"
#include "core/cache/epochs.hpp"
#include "core/cache/parcel.hpp"
#include "core/cache/result_cache.hpp"
#include "core/cache/wire.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tomada::cache {

struct Ticket {  // where the answer of a flight belongs, and what was true when it began
  std::shared_ptr<const CipherKey> key;
  std::string place;
  Mark mark;
};

struct Looked {
  std::shared_ptr<const Entry> entry;  // null: nothing that is true
  bool is_fresh = false;
  std::optional<Ticket> ticket;  // none: nobody knows what will be written meanwhile, so keep() is not for this flight
};
using Look = std::function<void(Looked)>;

struct SharedStatistics {
  std::uint64_t hits = 0, misses = 0, errors = 0, kept = 0, dropped = 0;
  std::size_t queued = 0;
};

struct SecondLevelOptions {
  std::string prefix = "tomada:";  // of every key in the store, and of the channel
  Milliseconds patience{50};       // how long a write waits for the others to be told
  [[nodiscard]] std::string channel() const { return prefix + "moved"; }
};

class SecondLevel final {
 public:
  SecondLevel(SecondLevelOptions options, ResultCache& first, std::unique_ptr<Wire> wire, const Clock& clock);
  ~SecondLevel();
  SecondLevel(const SecondLevel&) = delete;
  SecondLevel& operator=(const SecondLevel&) = delete;

  void start();                     // on a thread of its own
  void stop();                      // what was written is still told; whoever looks is answered
  void work(Milliseconds at_most);  // what the thread does again and again; waits no longer than that

  // [any thread]
  void belong_to(std::optional<CipherKey> key);
  // Of what results depend on beside their question (parcel_key()): under another they are neither found nor readable.
  // None: nothing is looked for.
  [[nodiscard]] bool look(std::string_view key, const Matter& matter, Look then);
  // False: not now; `then` is never called. True: it is called once, soon, on the thread of work().
  void keep(Ticket ticket, std::shared_ptr<const Entry> entry);  // later; it may be left out
  void dirty(const Matter& write,
             ResultCache::Write write_is = ResultCache::Write::done);  // the first level, too; returns when the others
                                                                       // can know, or cannot be told soon
  void clear();                                                        // likewise

  [[nodiscard]] SharedStatistics statistics() const;
  [[nodiscard]] Result<void> condition() const;  // why it is not used, or keeps nothing; with the next step

 private:
  struct Asked {
    std::shared_ptr<const CipherKey> key;
    std::string question, place;
    Matter matter;
    Look then;
  };
  struct Parcel {
    Ticket ticket;
    std::shared_ptr<const Entry> entry;
  };
  struct Batch {
    std::set<std::string> moves;
    std::uint64_t ticket = 0;
    std::vector<Asked> asked;
    std::vector<Parcel> parcels;
    bool has_look = false;  // at the epochs
    std::vector<Command> commands{};
  };

  std::uint64_t tell(std::vector<std::string> epochs);
  void wait_until_told(std::uint64_t ticket);
  [[nodiscard]] bool has_work() const;
  void come_up(Milliseconds at_most);
  [[nodiscard]] Result<void> connect();
  void go_down(Error why);
  [[nodiscard]] Result<void> take_epochs(const Reply& told);
  void exchange();
  [[nodiscard]] Batch next_batch();
  void write_commands(Batch& batch);
  [[nodiscard]] Result<void> read_replies(Batch& batch, std::vector<Reply> from);
  void settle(std::uint64_t ticket);
  [[nodiscard]] Looked looked(const Asked& asked, const Reply& kept, const Reply& epochs);
  void count_kept(const Reply& reply);
  static void answer(Asked& asked, Looked with) noexcept;
  void give_nothing(std::vector<Asked>& asked);
  [[nodiscard]] std::string epochs_key() const { return options_.prefix + "epochs"; }
  [[nodiscard]] std::string result_key(const std::string& place) const { return options_.prefix + "result:" + place; }

  const SecondLevelOptions options_;
  ResultCache& first_;
  const std::unique_ptr<Wire> wire_;
  const Clock& clock_;
  Snapshot<CipherKey> key_;
  std::atomic<bool> is_up_{false};
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, errors_{0}, kept_{0}, dropped_{0};

  // Of the thread of work().
  Ledger ledger_;
  std::string run_;  // of the store
  bool is_nudged_ = false;
  SteadyTime next_look_{}, next_try_{}, up_since_{};
  int failures_ = 0;
  std::minstd_rand random_;

  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable settled_;
  std::set<std::string> moves_;
  std::uint64_t moves_asked_ = 0, moves_told_ = 0;
  std::deque<Asked> asked_;
  std::deque<Parcel> parcels_;
  std::size_t parcel_bytes_ = 0;
  std::optional<Error> trouble_, refusal_;  // why it is down; why it did not keep the last result

  std::jthread thread_;
};

}  // namespace tomada::cache
