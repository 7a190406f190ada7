#include "tools/tax_id.hpp"

#include <algorithm>

namespace tomada::erp::tools {
namespace {

constexpr std::size_t cpf_size = 11, cnpj_size = 14;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Weights run from 2 upwards from the right, to `highest`, then begin again; a letter counts as its distance to '0'.
char check_digit(std::string_view body, int highest) {
  int sum = 0, weight = 2;
  for (auto at = body.rbegin(); at != body.rend(); ++at) {
    sum += (*at - '0') * weight;
    weight = weight == highest ? 2 : weight + 1;
  }
  const int rest = sum % 11;
  return static_cast<char>(rest < 2 ? '0' : '0' + (11 - rest));
}

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
  if (all.size() == cpf_size && std::ranges::all_of(all, is_digit) && is_sound(all, 11))
    return all.substr(0, 3) + '.' + all.substr(3, 3) + '.' + all.substr(6, 3) + '-' + all.substr(9);
  if (all.size() != cnpj_size || !is_sound(all, 9)) return std::nullopt;
  return all.substr(0, 2) + '.' + all.substr(2, 3) + '.' + all.substr(5, 3) + '/' + all.substr(8, 4) + '-' +
         all.substr(12);
}

}  // namespace tomada::erp::tools
