#pragma once
// The CNPJ or CPF of a party, as people write it; Tryton keeps it as it was typed, or as bare digits.
#include "tryton/row.hpp"

#include <string>

namespace tomada::erp::tryton {

// party: a row with "identifiers." of type and code. Another country's tax number where there is neither.
[[nodiscard]] std::string tax_id_of(const Row& party);

}  // namespace tomada::erp::tryton
