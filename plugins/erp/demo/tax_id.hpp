#pragma once
// Brazilian tax numbers with their check digits (modulo 11).
#include <string>
#include <string_view>

namespace tomada::erp::demo {

// root: 8 digits. The head office's CNPJ, punctuated: 11.222.333/0001-81.
[[nodiscard]] std::string cnpj(std::string_view root);
// base: 9 digits. The CPF, punctuated: 123.456.789-09.
[[nodiscard]] std::string cpf(std::string_view base);

}  // namespace tomada::erp::demo
