#pragma once
// Handler: the modern era. Every request says what it is; nothing is remembered between two of them.
#include "core/protocol/modern/parameter_headers.hpp"
#include "core/protocol/tools.hpp"

#include <string>

namespace tomada::protocol::modern {

class Handler final {
 public:
  Handler(Service& service, Tools& tools);

  [[nodiscard]] static bool recognises(const jsonrpc::Message& message, const jsonrpc::HeaderView& headers) noexcept;
  // True: the body claims a version, or the header names a modern one. The body's claim comes first.

  void handle(Request request);  // a request, notification or response that recognises() took

 private:
  void handle_request(Request request);
  static void handle_notification(const Request& request);
  void discover(const Request& request);

  Tools& tools_;
  ParameterHeaders parameter_headers_;
  std::string discovery_;  // the result of server/discover
};

}  // namespace tomada::protocol::modern
