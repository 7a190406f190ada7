#include "tools/tax_id.hpp"

#include "tax_number.hpp"

#include <algorithm>

namespace tomada::erp::tools {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_sound(std::string_view all, int highest) {
  const auto size = all.size();
  if (all.find_first_not_of(all[0]) == std::string_view::npos) return false;  // 00000000000 adds up, too
  return all[size - 2] == check_digit(all.substr(0, size - 2), highest) &&
         all[size - 1] == check_digit(all.substr(0, size - 1), highest);
}

}  // namespace

std::optional<std::string> read_tax_id(std::string_view text) {
  std::string all;
  for (const char c : text) {
    if (is_digit(c) || (c >= 'A' && c <= 'Z'))
      all += c;
    else if (c >= 'a' && c <= 'z')
      all += static_cast<char>(c - 'a' + 'A');
    else if (c != '.' && c != '-' && c != '/' && c != ' ')
      return std::nullopt;
  }
  if (all.size() == cpf_size && std::ranges::all_of(all, is_digit) && is_sound(all, cpf_highest))
    return written_cpf(all);
  if (all.size() != cnpj_size || !is_sound(all, cnpj_highest)) return std::nullopt;
  return written_cnpj(all);
}

}  // namespace tomada::erp::tools
