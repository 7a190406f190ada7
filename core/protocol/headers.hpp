#pragma once
// What can be wrong with a request's headers alone, whatever its body says.
#include "core/jsonrpc/exchange.hpp"
#include "core/protocol/answer.hpp"

#include <optional>
#include <string_view>

namespace tomada::protocol {

[[nodiscard]] std::optional<Problem> ambiguity(const jsonrpc::HeaderView& headers, std::string_view name);
// -32020 when the header comes more than once with different values: a gateway may have gone by the other one.

[[nodiscard]] std::optional<Problem> unacceptable(const jsonrpc::HeaderView& headers);
// 406 when the Accept header allows no answer. For the legacy era: the modern one leaves it open, and is lenient here.

}  // namespace tomada::protocol
