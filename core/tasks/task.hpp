#pragma once
// Task: a long call with a handle. A value: what is kept of it, and what its client is told.
#include "core/base/clock.hpp"
#include "core/registry/outcome.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::tasks {

enum class Status { working, input_required, completed, failed, cancelled };
[[nodiscard]] std::string_view name(Status status) noexcept;  // as MCP writes it: "input_required"
[[nodiscard]] bool is_over(Status status) noexcept;

struct Task {
  std::string id;     // unguessable
  std::string owner;  // owner_of() the principal that may see it
  Status status = Status::working;
  std::string message;  // where the work stands, for people; may be empty
  WallTime created{}, updated{};
  Milliseconds time_to_live{0};  // from `created`; after it the id is unknown

  // What its call needs to begin, to go on with answers, and to begin again in another process.
  std::string tool;
  std::string arguments;     // JSON object
  std::string capabilities;  // the client's, JSON object
  std::string protocol;      // the revision that it was asked in
  std::string correlation;
  std::string answers;  // JSON object {key: answer} to the tool's last questions; empty: none
  std::string state;    // the tool's own
  int round = 0;        // how often it has asked
  int restarts = 0;     // how often it was begun again, because its process had gone

  std::string questions;  // input_required: JSON object {"ROUND.key": {method, params}} of those that are open
  std::optional<registry::Outcome> outcome;  // completed and failed
  std::string process;                       // that works on it
};

inline constexpr std::size_t most_record_bytes = 32u << 20;

[[nodiscard]] std::string write_record(const Task& task);                                   // JSON, without the id
[[nodiscard]] std::optional<Task> read_record(std::string_view id, std::string_view text);  // none: not one of ours

}  // namespace tomada::tasks
