#pragma once
// Handler: the modern era. Every request says what it is; nothing is remembered between two of them.
#include "core/protocol/methods.hpp"
#include "core/protocol/modern/parameter_headers.hpp"

namespace tomada::protocol::modern {

class Handler final {
 public:
  explicit Handler(Methods& methods) : methods_{methods}, parameter_headers_{methods.service()} {}

  [[nodiscard]] static bool recognises(const jsonrpc::Message& message, const jsonrpc::HeaderView& headers) noexcept;
  // True: the body claims a version, or the header names a modern one. The body's claim comes first.

  void handle(Request request);  // a request, notification or response that recognises() took

 private:
  void handle_request(Request request);
  static void handle_notification(const Request& request);
  void discover(const Request& request);

  Methods& methods_;
  ParameterHeaders parameter_headers_;
};

}  // namespace tomada::protocol::modern
