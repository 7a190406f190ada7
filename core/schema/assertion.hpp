#pragma once
// Assertions: the instructions that look at a value without applying another node.
#include "core/schema/program.hpp"

namespace tomada::schema {

[[nodiscard]] constexpr bool is_assertion(Operation operation) noexcept {
  return operation <= Operation::dependent_required;
}
[[nodiscard]] bool holds(const Program& program, const Instruction& instruction, const json::value& instance);

}  // namespace tomada::schema
