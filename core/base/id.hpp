#pragma once
// Unguessable identifiers.
#include <cstddef>
#include <string>

namespace tomada {

[[nodiscard]] std::string random_hex(std::size_t bytes);
// 2 * bytes lower-case hex digits from the system's secure generator, buffered per thread.

}  // namespace tomada
