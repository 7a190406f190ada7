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
  static constexpr std::size_t most_running = 1000;       // here, of all principals
  static constexpr std::size_t most_per_owner = 100;

  Board(const Ground& ground, std::string folder);  // of one lock file a process: whose is free has gone
  ~Board();
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  // All [any thread].
  [[nodiscard]] Result<Task> open(Task task, std::weak_ptr<registry::Call> call);
  // Gives it its id and times. Errors: busy (too many under way), system (the store).

  [[nodiscard]] std::optional<Task> find(std::string_view id, std::string_view owner) const;
  // None: unknown, too old, or somebody else's.

  using Change = std::function<bool(Task& task)>;  // false: nothing is to be changed; may be called again
  std::optional<Task> change(std::string_view id, std::string_view owner, const Change& change);
  // As it is now. A task that is over changes no more. None: as find(), or the store failed (the log says so).

  void work(const Task& task, std::weak_ptr<registry::Call> call);  // in this process from now on
  void rest(std::string_view id);                                   // nothing works on it any more
  void note(std::string_view id, std::string_view message);         // where it stands; told, not kept
  void stop(std::string_view id) const;                             // asks what works on it to stop
  [[nodiscard]] bool is_abandoned(const Task& task) const;          // the process that worked on it has gone
  [[nodiscard]] const std::string& process() const noexcept { return process_; }
  [[nodiscard]] std::size_t running() const;

 private:
  struct Work {
    std::string owner;
    std::weak_ptr<registry::Call> call;
    std::string message;
    WallTime noted{};
  };
  [[nodiscard]] std::optional<Error> enter(const Task& task, std::weak_ptr<registry::Call> call);
  void sweep() const;

  const Ground ground_;
  const std::string folder_;
  std::string process_;
  std::unique_ptr<storage::Leader> alive_;  // held as long as this process lives
  mutable std::mutex mutex_;                // guards the one below
  std::map<std::string, Work, std::less<>> work_;
};

}  // namespace tomada::tasks
