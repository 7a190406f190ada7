#pragma once
// Task run: a call that works on a task. What it tells goes to the board of tasks instead of an open request; when it
// asks, the task waits for its answers, and the next call goes on with them.
#include "core/json/reader.hpp"
#include "core/protocol/service.hpp"
#include "core/registry/call.hpp"
#include "core/tasks/task.hpp"

#include <optional>

namespace tomada::protocol::modern {

inline constexpr json::Limits kept_limits{.depth = 2000, .bytes = tasks::most_record_bytes};  // of what was kept

class TaskRun final : public registry::Listener {
 public:
  TaskRun(const Service& service, const tasks::Task& task)
      : service_{service}, id_{task.id}, owner_{task.owner}, round_{task.round} {}

  void progressed(const registry::Progress& progress) override;
  void logged(int, std::string_view) override {}  // nobody listens to the call itself
  void finished(const registry::Outcome& outcome) override;
  bool become_task() override { return true; }

 private:
  const Service& service_;
  const std::string id_, owner_;
  const int round_;  // of the task when this call began
};

[[nodiscard]] bool knows_tasks(const Request& request) noexcept;  // the client of a modern request declares them

[[nodiscard]] std::optional<tasks::Task> open_task(const Service& service, registry::Call& call);
// Of a call that began as a request. None: its tool has no task policy, or it cannot be kept; it goes on as it is.

void go_on(const Service& service, const tasks::Task& task, const Request& request);
// Begins the next call of a task that works; the request is of whoever let it go on.

[[nodiscard]] Milliseconds time_limit(const Service& service, const registry::Target* target) noexcept;

}  // namespace tomada::protocol::modern
