#pragma once
// Handler: the legacy era, 2024-11-05 to 2025-11-25: an initialize handshake, then plain requests in the agreed
// revision.
#include "core/protocol/methods.hpp"

namespace tomada::protocol::legacy {

class Handler final {
 public:
  explicit Handler(Methods& methods) : methods_{methods} {}

  void handle(Request request);
  // Request::revision: the one agreed before, null: none yet. Without a conversation the header decides instead. An
  // initialize settles it with the request's peer, if it has one.

 private:
  void initialize(Request& request);
  void handle_request(Request request);
  [[nodiscard]] bool handle_remembered(const Request& request) const;
  static void set_level(const Request& request);
  void subscribe(const Request& request) const;

  Methods& methods_;
};

}  // namespace tomada::protocol::legacy
