#pragma once
// What the eras are given: the server's name, the dispatcher behind them, and one received request.
#include "core/auth/roles.hpp"
#include "core/auth/seal.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/dispatch/dispatcher.hpp"
#include "core/jsonrpc/exchange.hpp"
#include "core/jsonrpc/message.hpp"
#include "core/protocol/revision.hpp"
#include "core/registry/changes.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tomada::tasks {
class Board;
}

namespace tomada::protocol {

struct Identity {
  std::string name = "tomada";
  std::string title;
  std::string version;
  std::string instructions;  // for the model; at most 2 048 characters
};

struct Service {
  dispatch::Dispatcher& dispatcher;
  const auth::Roles& roles;
  const Clock& clock;
  const auth::Seal& seal;
  Identity identity;
  Milliseconds call_timeout{60'000};
  std::size_t list_page = 100;                    // tools per page
  Milliseconds list_time_to_live{60'000};         // how long a client may keep tools/list
  Milliseconds discover_time_to_live{3'600'000};  // and server/discover
  registry::Changes* changes = nullptr;           // null: nothing ever changes, so there is nothing to listen to
  tasks::Board* tasks = nullptr;                  // null: no call becomes a task
  Milliseconds task_time_limit{600'000};          // of a call that has become one
};

// What a client may cancel by id: calls in flight and streams; owned by the conversation. [any thread]
class InFlight {
 public:
  virtual ~InFlight() = default;
  [[nodiscard]] virtual bool add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) = 0;
  // false: the id belongs to a call that is still running
  virtual bool remove(const jsonrpc::Id& id, const registry::Call& call) = 0;
  // false: the client cancelled it, nothing may be answered
  virtual bool cancel(const jsonrpc::Id& id) = 0;  // false: unknown or finished. The call's answer is dropped.
  [[nodiscard]] virtual bool watch(const jsonrpc::Id& id, std::function<void()> cancelled) = 0;
  // Anything else that answers this id: called once, if it is cancelled. False: the id is in use.
  virtual void forget(const jsonrpc::Id& id) = 0;  // what was watched has ended
};

enum class Ending { answered, tool_error, refused, error, cancelled };
[[nodiscard]] std::string_view name(Ending ending) noexcept;

// How one frame ended. Everything is borrowed for the call.
struct Report {
  std::string_view method;     // as the client wrote it; empty: unreadable
  std::string_view tool;       // a tool that exists; empty: none
  std::string_view protocol;   // "2026-07-28", …; empty: not known yet
  std::string_view era;        // "modern", "legacy", "none"
  std::string_view transport;  // "stdio", "http"
  std::string_view correlation;
  Ending ending = Ending::answered;
  int code = 0;              // of the JSON-RPC error; 0: none
  std::string_view problem;  // its message
  SteadyTime started{};
};

// Hears how each frame ended; implemented above, where metrics and logs are. [any thread]
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void ended(const Report& report) noexcept = 0;
};

class Peer;

struct Request {
  std::shared_ptr<jsonrpc::Message> message;
  const jsonrpc::HeaderView& headers;  // valid until handle() returns
  std::shared_ptr<jsonrpc::Reply> reply;
  std::shared_ptr<const Principal> principal;
  std::shared_ptr<InFlight> in_flight;           // null: nothing can be cancelled by id (HTTP without sessions)
  std::string_view transport;                    // "stdio", "http"; a literal
  std::shared_ptr<Peer> peer = nullptr;          // null: nothing is remembered of this client (HTTP without a session)
  std::shared_ptr<Observer> observer = nullptr;  // null: nobody counts. A call may outlive the endpoint that began it
  const Revision* revision = nullptr;            // null: not known (stdio before any handshake)
  std::string correlation{};                     // 32 hex digits
  std::string traceparent{};                     // as received; may be empty
  SteadyTime started{};
};

}  // namespace tomada::protocol
