#include "tax_id.hpp"

namespace tomada::erp::demo {
namespace {

// Weights run from 2 upwards from the right, to `highest`, then begin again.
char check_digit(std::string_view digits, int highest) {
  int sum = 0, weight = 2;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    sum += (*digit - '0') * weight;
    weight = weight == highest ? 2 : weight + 1;
  }
  const int rest = sum % 11;
  return static_cast<char>(rest < 2 ? '0' : '0' + (11 - rest));
}

}  // namespace

std::string cnpj(std::string_view root) {
  auto digits = std::string{root} + "0001";
  digits += check_digit(digits, 9);
  digits += check_digit(digits, 9);
  return digits.substr(0, 2) + '.' + digits.substr(2, 3) + '.' + digits.substr(5, 3) + '/' + digits.substr(8, 4) + '-' +
         digits.substr(12);
}

std::string cpf(std::string_view base) {
  std::string digits{base};
  digits += check_digit(digits, 11);
  digits += check_digit(digits, 11);
  return digits.substr(0, 3) + '.' + digits.substr(3, 3) + '.' + digits.substr(6, 3) + '-' + digits.substr(9);
}

}  // namespace tomada::erp::demo
