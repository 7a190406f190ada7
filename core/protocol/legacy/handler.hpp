#pragma once
// Handler: the legacy era, 2024-11-05 to 2025-11-25: an initialize handshake, then plain requests in the agreed
// revision.
#include "core/protocol/methods.hpp"

namespace tomada::protocol::legacy {

class Handler final {
 public:
  explicit Handler(Methods& methods) : methods_{methods} {}

  // Request::revision: the one agreed before, null: none yet. With headers present the header decides instead.
  // Returns the revision that this frame agreed on; null: it was no initialize.
  const Revision* handle(Request request);

 private:
  const Revision* initialize(Request& request);
  void handle_request(Request request);

  Methods& methods_;
};

}  // namespace tomada::protocol::legacy
