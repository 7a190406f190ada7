#pragma once
// The server's name as each revision writes it.
#include "core/protocol/service.hpp"

#include <string>

namespace tomada::protocol {

[[nodiscard]] std::string write_identity(const Identity& identity,
                                         const Revision& revision);   // an Implementation object
void write_instructions(std::string& out, const Identity& identity);  // ,"instructions":"…" or nothing

}  // namespace tomada::protocol
