#pragma once
// What the eras are given: the server's name, the dispatcher behind them, and one received request.
#include "core/auth/roles.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/dispatch/dispatcher.hpp"
#include "core/jsonrpc/exchange.hpp"
#include "core/jsonrpc/message.hpp"

#include <memory>
#include <string>
#include <string_view>

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
  Identity identity;
  Milliseconds call_timeout{60'000};
  std::size_t list_page = 100;  // tools per page
};

// Calls in flight that a client may cancel by id; owned by the conversation. [any thread]
class InFlight {
 public:
  virtual ~InFlight() = default;
  virtual void add(const jsonrpc::Id& id, std::weak_ptr<registry::Call> call) = 0;
  virtual void remove(const jsonrpc::Id& id) = 0;
  virtual bool cancel(const jsonrpc::Id& id) = 0;  // false: unknown or finished. The call's answer is dropped.
};

struct Request {
  std::shared_ptr<jsonrpc::Message> message;
  const jsonrpc::HeaderView& headers;  // valid until handle() returns
  std::shared_ptr<jsonrpc::Reply> reply;
  std::shared_ptr<const Principal> principal;
  std::shared_ptr<InFlight> in_flight;
  std::string_view transport;  // "stdio", "http"; a literal
};

}  // namespace tomada::protocol
