#pragma once
// Tax ids of Brazil: a company's CNPJ, with letters since 2026, or a person's CPF; with their check digits (modulo 11).
#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp::tools {

// With its punctuation: 11.222.333/0001-81 or 123.456.789-09. Absent: it is neither.
[[nodiscard]] std::optional<std::string> read_tax_id(std::string_view text);

}  // namespace tomada::erp::tools
