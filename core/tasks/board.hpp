#pragma once
// Board: the tasks of a state folder. Every change is on disk before anybody hears of it; what only this process knows
// of a task (the call that works on it, where it stands) is kept beside.
#include "core/base/result.hpp"
#include "core/log/log.hpp"
#include "core/registry/call.hpp"
#include "core/registry/changes.hpp"
#include "core/storage/leader.hpp"
#include "core/storage/store.hpp"
#include "core/tasks/task.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::tasks {

struct Ground {  // what a board stands on
  storage::Store& store;
  const Clock& clock;
  log::Logger& log;
  const registry::Changes& changes;
};

class Board final {
 public:
  static constexpr Milliseconds time_to_live{3'600'000};  // of a task and its result, from its beginning
  static constexpr std::size_t most_unfinished = 100;     // of one owner: at work, or waiting for answers
  static constexpr std::size_t most_bytes = 64u << 20;    // of one owner, for as long as they are kept
  static constexpr std::size_t most_kept = 10'000;        // of all

  Board(const Ground& ground, std::string folder);  // of one lock file a process: whose is free has gone
  ~Board();
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  // All [any thread].
  [[nodiscard]] Result<Task> open(Task task, std::weak_ptr<registry::Call> call);
  // Gives it its id and times. Errors: busy (too many, or too much), system (the store).

  [[nodiscard]] std::optional<Task> find(std::string_view id, std::string_view owner) const;
  // None: unknown, too old, or somebody else's.

  using Change = std::function<bool(Task& task)>;  // false: nothing is to be changed; may be called again
  std::optional<Task> change(std::string_view id, std::string_view owner, const Change& change);
  // As it is now. A task that is over changes no more; a result too large to keep becomes an error that says so. None:
  // as find(), or the store failed (the log says so).

  void work(const Task& task, std::weak_ptr<registry::Call> call);  // this call of this round, from now on
  void rest(std::string_view id, int round);                        // the call of this round has ended
  void note(std::string_view id, std::string_view message);         // where it stands; told, not kept
  void stop(std::string_view id) const;                             // asks what works on it to stop
  [[nodiscard]] bool is_abandoned(const Task& task) const;          // its process has gone; never one of ours
  [[nodiscard]] const std::string& process() const noexcept { return process_; }
  [[nodiscard]] std::size_t running() const;

 private:
  struct Known {  // of a task that was begun or went on here
    std::string owner;
    WallTime until{};
    bool is_over = false;
    std::size_t bytes = 0;
    int round = 0;
    bool is_at_work = false;
    std::weak_ptr<registry::Call> call{};
    std::string message{};
    WallTime noted{};
  };
  [[nodiscard]] std::optional<Error> enter(const Task& task, std::weak_ptr<registry::Call> call, std::size_t bytes);
  void note_change(const Task& task, std::size_t bytes);
  void forget_expired();
  void sweep() const;

  const Ground ground_;
  const std::string folder_;
  std::string process_;
  std::unique_ptr<storage::Leader> alive_;  // held as long as this process lives
  mutable std::mutex mutex_;                // guards the one below
  std::map<std::string, Known, std::less<>> known_;
};

}  // namespace tomada::tasks
