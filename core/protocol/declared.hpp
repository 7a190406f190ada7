#pragma once
// Declared: of a client's capabilities, what may be remembered for as long as its session lives.
#include "core/json/value.hpp"

namespace tomada::protocol {

[[nodiscard]] json::object declared(const json::object& capabilities);
// In memory of its own, a few KB at most: roots, sampling and elicitation with their known parts, and the names of
// extensions; an extension's settings only where they are short, otherwise {}.

}  // namespace tomada::protocol
