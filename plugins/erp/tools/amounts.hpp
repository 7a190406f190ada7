#pragma once
// Amounts: the predecessor's number fields with the digits of the source, which a binary double would not keep.
#include "tools/tools.hpp"

#include <string>

namespace tomada::erp::tools::compat {

// Writes JSON; a text under a key that begins with "valor_" or "saldo_" is a decimal's and becomes a number: "1234.50"
// is 1234.50.
[[nodiscard]] std::string write_with_amounts(const json::value& facts);

}  // namespace tomada::erp::tools::compat
