#pragma once
// What goes onto the wire for a request, and what must not.
#include "core/upstream/client.hpp"
#include "core/upstream/connection.hpp"

#include <optional>

namespace tomada::upstream {

[[nodiscard]] std::optional<Error> mistake_in(
    const Request& request);  // invalid_argument: a path or header that could escape
[[nodiscard]] Exchange exchange_of(const Request& request, const Url& url);

}  // namespace tomada::upstream
