#pragma once
// Validation: refuses what the call's structure does not have.
#include "call_table.hpp"
#include "reply.hpp"

#include <optional>

namespace omie_simulator {

[[nodiscard]] std::optional<Fault> validate(const CallType& call, const json::object& parameters);
[[nodiscard]] std::optional<Fault> validate(const std::string& type, const Tags& tags, const json::object& members);

}  // namespace omie_simulator
