#include "tax_number.hpp"

namespace tomada::erp {
namespace {

std::string written(std::string_view characters, std::string_view form) {  // one for each '0' of the form
  std::string out;
  for (const char c : form) {
    out += c == '0' ? characters.front() : c;
    if (c == '0') characters.remove_prefix(1);
  }
  return out;
}

}  // namespace

// Weights run from 2 upwards from the right, to `highest`, then begin again.
char check_digit(std::string_view body, int highest) {
  int sum = 0, weight = 2;
  for (auto at = body.rbegin(); at != body.rend(); ++at) {
    sum += (*at - '0') * weight;
    weight = weight == highest ? 2 : weight + 1;
  }
  const int rest = sum % 11;
  return static_cast<char>(rest < 2 ? '0' : '0' + (11 - rest));
}

std::string written_cpf(std::string_view characters) { return written(characters, "000.000.000-00"); }
std::string written_cnpj(std::string_view characters) { return written(characters, "00.000.000/0000-00"); }

}  // namespace tomada::erp
