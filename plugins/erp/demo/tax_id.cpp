#include "tax_id.hpp"

#include "tax_number.hpp"

namespace tomada::erp::demo {

std::string cnpj(std::string_view root) {
  auto digits = std::string{root} + "0001";
  digits += check_digit(digits, cnpj_highest);
  digits += check_digit(digits, cnpj_highest);
  return written_cnpj(digits);
}

std::string cpf(std::string_view base) {
  std::string digits{base};
  digits += check_digit(digits, cpf_highest);
  digits += check_digit(digits, cpf_highest);
  return written_cpf(digits);
}

}  // namespace tomada::erp::demo
