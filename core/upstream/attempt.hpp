#pragma once
// Attempt: what one request on the wire came to, and what to do next.
#include "core/base/result.hpp"
#include "core/upstream/client.hpp"

#include <optional>

namespace tomada::upstream {

struct Attempt {
  Result<Response> result;
  bool may_retry = false;
  std::optional<Milliseconds> wait{};  // before this very request may be sent again
};

}  // namespace tomada::upstream
