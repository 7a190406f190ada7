#pragma once
// Call: one call of a tool, prompt, resource or completion in flight. Created by a protocol era, owned by the
// dispatcher until its outcome is delivered.
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/json/value.hpp"
#include "core/registry/outcome.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tomada::registry {

class Target;

struct Progress {
  double done = 0;
  std::optional<double> total;
  std::string_view message;  // borrowed for the call
};

// Where the outcome and everything before it goes; implemented by a protocol era. [any thread]
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void progressed(const Progress& progress) = 0;
  virtual void logged(int level, std::string_view message) = 0;  // level: tomada::log::Level
  virtual void hung_up() {}                                      // the client need not wait on its connection
  virtual void finished(const Outcome& outcome) = 0;             // exactly once, last
  virtual bool become_task() { return false; }  // answer the client with a handle now; false: it waits for the outcome
};

struct CallRequest {
  std::string tool;                        // as the client named it: a name, of a resource its URI
  std::shared_ptr<Target> target;          // found already; null: the dispatcher looks for a tool of that name
  std::shared_ptr<const void> storage;     // keeps the arena of `arguments` alive
  const json::value* arguments = nullptr;  // an object; null: none given, same as {}
  std::string answers;                     // JSON object text, multi-round-trip; empty: none
  std::string state;                       // unsealed
  std::shared_ptr<const json::object> capabilities;  // the client's, as it declares them; null: nothing is known
  std::shared_ptr<const Principal> principal;        // never null
  std::string correlation;                           // 32 hex digits
  std::string traceparent;                           // as received; may be empty
  std::string transport;                             // "stdio", "http", "cli"
  std::string protocol;                              // "2026-07-28", …
  std::string address;                               // where it came from, bytes to count by; empty: from no network
  std::optional<SteadyTime> deadline;
  std::optional<Milliseconds> time_limit;  // instead of the server's own
  bool is_admitted = false;                // it goes on with what was counted against the limits when it began
  bool is_refresh = false;                 // nobody waits for it: it looks again behind an answer that was stale
};

class Call final : public std::enable_shared_from_this<Call> {
 public:
  Call(CallRequest request, std::unique_ptr<Listener> listener);

  [[nodiscard]] const CallRequest& request() const noexcept { return request_; }
  [[nodiscard]] const json::object& arguments() const noexcept { return arguments_value().get_object(); }
  [[nodiscard]] const json::value& arguments_value() const noexcept;  // always an object
  [[nodiscard]] std::string arguments_text() const;                   // JSON text for the plugin

  // Target side, [any thread].
  bool finish(Outcome outcome);  // the first wins; false: it had already ended, the outcome is dropped
  void progress(const Progress& progress);
  void log(int level, std::string_view message);
  void hang_up();  // the answer will take long: a client that can come back for it need not wait on its connection
  [[nodiscard]] bool become_task();  // true: its client has a handle and does not wait any more
  [[nodiscard]] bool is_task() const noexcept { return is_task_.load(); }
  [[nodiscard]] bool is_finished() const noexcept { return is_finished_.load(); }
  [[nodiscard]] std::stop_token stop_token() const noexcept { return stop_.get_token(); }

  // Client side: a cancelled call is answered (or dropped) by its era; the tool is asked to stop.
  void cancel() { stop_.request_stop(); }

  // Dispatcher side.
  std::shared_ptr<Target> target;  // set by the dispatcher before the first stage
  static constexpr SteadyTime no_deadline = SteadyTime::max();
  std::atomic<SteadyTime> deadline{no_deadline};   // effective: the tighter of client's and server's
  std::atomic<std::size_t> stages_entered{0};      // a deadline may end the call while it still goes down
  std::function<void(Call&, Outcome&)> on_finish;  // runs the leaves; then the listener hears
  SteadyTime started{};
  std::array<std::atomic<void*>, 4> slots{};  // one per stage that needs one (dispatch/slots.hpp), owned by that stage

 private:
  CallRequest request_;
  std::unique_ptr<Listener> listener_;
  std::stop_source stop_;
  std::atomic<bool> is_finished_{false};
  std::atomic<bool> is_task_{false};
};

}  // namespace tomada::registry
