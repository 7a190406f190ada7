#pragma once
// Target: whatever of a plugin a call can go to: a tool, a prompt, a resource, a completion.
#include "core/base/clock.hpp"
#include "core/json/value.hpp"
#include "core/schema/schema.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::registry {

class Call;

enum class TargetKind { tool, prompt, resource, completion };
[[nodiscard]] std::string_view name(TargetKind kind) noexcept;  // "tool", …

struct Annotations {
  bool is_read_only = false;
  bool is_destructive = true;
  bool is_idempotent = false;
  bool is_open_world = true;

  friend bool operator==(const Annotations&, const Annotations&) = default;
};
inline constexpr Annotations reading_only{true, false, true, false};

struct CachePolicy {  // only honoured for read-only tools
  Milliseconds time_to_live{0};
  Milliseconds stale_while_revalidate{0};  // after it: still answered, while one call looks again
  Milliseconds stale_if_error{0};          // after it: answered when the upstream cannot be reached, and said so
  bool is_shared_by_roles = false;         // true: the answer depends on the tenant only, not on the roles
  std::vector<std::string> tags{};  // what the answer is made of, in the plugin's words; empty: anything of the plugin
};

struct TaskPolicy {                        // of a tool whose calls may go on as tasks
  bool is_required = false;                // it does not begin for a client that knows no tasks
  std::optional<Milliseconds> time_limit;  // none: the server's
};

struct TargetDescription {
  std::string name;                // what roles, logs and metrics know it by
  std::string plugin;              // instance name
  std::string version;             // the plugin's
  std::string title, description;  // in the server's language
  Annotations annotations;
  bool is_serial = false;    // never two calls at once
  bool runs_inline = false;  // never blocks: runs on the I/O thread
  std::optional<CachePolicy> cache;
  std::optional<TaskPolicy> task;
  std::vector<std::string> dirties;  // a tool that writes: the tags it touches; empty: anything of the plugin
  std::string account;               // upstream account the answer depends on: part of the cache key
  TargetKind kind = TargetKind::tool;
};

class Target {
 public:
  virtual ~Target() = default;
  [[nodiscard]] virtual const TargetDescription& description() const noexcept = 0;
  [[nodiscard]] virtual const schema::Schema& input() const noexcept = 0;
  [[nodiscard]] virtual const schema::Schema* output() const noexcept = 0;  // null: none declared
  virtual void start(std::shared_ptr<Call> call) = 0;
  // Does the work, possibly on other threads; call->finish() exactly once, now or later. Never throws.
};

}  // namespace tomada::registry
