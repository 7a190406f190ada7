#pragma once
// Handler: the modern era. Every request says what it is; nothing is remembered between two of them.
#include "core/protocol/methods.hpp"
#include "core/protocol/modern/parameter_headers.hpp"
#include "core/protocol/modern/subscriptions.hpp"
#include "core/protocol/modern/tasks.hpp"

#include <memory>

namespace tomada::protocol::modern {

class Handler final {
 public:
  explicit Handler(Methods& methods)
      : methods_{methods},
        parameter_headers_{methods.service()},
        tasks_{methods.service(), methods.shared_server_info()},
        subscriptions_{std::make_shared<Subscriptions>(methods.service(), methods.shared_server_info())} {}

  [[nodiscard]] static bool recognises(const jsonrpc::Message& message, const jsonrpc::HeaderView& headers) noexcept;
  // True: the body claims a version, or the header names a modern one. The body's claim comes first.

  void handle(Request request);  // a request, notification or response that recognises() took
  [[nodiscard]] const std::shared_ptr<Subscriptions>& subscriptions() const noexcept { return subscriptions_; }

 private:
  void handle_request(Request request);
  static void handle_notification(const Request& request);
  void discover(const Request& request);

  Methods& methods_;
  ParameterHeaders parameter_headers_;
  Tasks tasks_;
  std::shared_ptr<Subscriptions> subscriptions_;  // shared: whoever tells of a change may be inside at any time
};

}  // namespace tomada::protocol::modern
