#include "tryton/tax_id.hpp"

#include "folding.hpp"

#include <string_view>

namespace tomada::erp::tryton {
namespace {

// "00.000.000/0000-00": a zero for each digit.
std::string written(std::string_view digits, std::string_view form) {
  std::string out;
  for (const char c : form) {
    out += c == '0' ? digits.front() : c;
    if (c == '0') digits.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string tax_id_of(const Row& party) {
  std::string other;
  for (const auto& identifier : party.parts("identifiers.")) {
    const auto type = identifier.text("type"), code = identifier.text("code");
    const auto digits = digits_of(code);
    if (type == "br_cnpj" && digits.size() == 14) return written(digits, "00.000.000/0000-00");
    if (type == "br_cpf" && digits.size() == 11) return written(digits, "000.000.000-00");
    if (other.empty() && !type.empty()) other = code;
  }
  return other;
}

}  // namespace tomada::erp::tryton
