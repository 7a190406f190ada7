#pragma once
// Validation: refuses what the call's structure does not have.
#include "call_table.hpp"
#include "reply.hpp"

#include <optional>

namespace omie_simulator {

[[nodiscard]] std::optional<Fault> validate(const CallType& call, const json::object& parameters);

}  // namespace omie_simulator
