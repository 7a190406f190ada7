#pragma once
// Envelope: the members of params._meta that make a modern request self-describing.
#include "core/protocol/answer.hpp"

#include <optional>
#include <string_view>

namespace tomada::protocol::modern {

[[nodiscard]] bool has_claim(const jsonrpc::Message& message) noexcept;  // params._meta names a protocol version
[[nodiscard]] std::optional<Problem> envelope_problem(const jsonrpc::Message& message);
[[nodiscard]] std::string_view claimed_version(const jsonrpc::Message& message) noexcept;  // empty: no claim
[[nodiscard]] std::optional<Problem> version_problem(const jsonrpc::Message& message);     // a version we do not serve

}  // namespace tomada::protocol::modern
