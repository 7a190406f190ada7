#pragma once
// Rules of plain HTTP: what a status means for limits, retries and the circuit breaker.
#include "core/upstream/client.hpp"

#include <optional>
#include <string_view>

namespace tomada::upstream {

[[nodiscard]] Judgement judge_plain(const Request& request, const Response& response, WallTime now);
[[nodiscard]] std::optional<Milliseconds> retry_after(const Response& response,
                                                      WallTime now);  // seconds or an HTTP date

}  // namespace tomada::upstream
