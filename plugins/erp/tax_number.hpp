#pragma once
// Tax numbers of Brazil, CNPJ and CPF: how they are written, and their check digits.
#include <string>
#include <string_view>

namespace tomada::erp {

inline constexpr std::size_t cpf_size = 11, cnpj_size = 14;  // characters, without what stands between
inline constexpr int cpf_highest = 11, cnpj_highest = 9;     // the weight after which check digits begin again

[[nodiscard]] char check_digit(std::string_view body, int highest);
// body: digits; of a CNPJ capital letters too, each counts as its distance to '0'.
[[nodiscard]] std::string written_cpf(std::string_view characters);   // "000.000.000-00"
[[nodiscard]] std::string written_cnpj(std::string_view characters);  // "00.000.000/0000-00"

}  // namespace tomada::erp
