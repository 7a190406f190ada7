#include "tryton/tax_id.hpp"

#include "folding.hpp"
#include "tax_number.hpp"

namespace tomada::erp::tryton {

std::string tax_id_of(const Row& party) {
  std::string other;
  for (const auto& identifier : party.parts("identifiers.")) {
    const auto type = identifier.text("type"), code = identifier.text("code");
    const auto digits = digits_of(code);
    if (type == "br_cnpj" && digits.size() == cnpj_size) return written_cnpj(digits);
    if (type == "br_cpf" && digits.size() == cpf_size) return written_cpf(digits);
    if (other.empty() && !type.empty()) other = code;
  }
  return other;
}

}  // namespace tomada::erp::tryton
