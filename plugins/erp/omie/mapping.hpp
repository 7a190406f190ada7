#pragma once
// Mapping: Omie's records as canonical values.
#include "model.hpp"
#include "omie/record.hpp"

namespace tomada::erp::omie {

[[nodiscard]] Partner partner_from(const Record& record);        // of ListarClientes
[[nodiscard]] Category category_from(const Record& record);      // of ListarCategorias
[[nodiscard]] Department department_from(const Record& record);  // of ListarDepartamentos
[[nodiscard]] Product product_from(const Record& record);        // of ListarProdutos; its stock is elsewhere
[[nodiscard]] Order order_from(const Record& record);            // of ListarPedidos; the partner has only its id
[[nodiscard]] Title title_from(const Record& record, Direction direction, Date today);
// Of ListarMovimentos; the partner has only id and CNPJ/CPF, the category only its code.
[[nodiscard]] Account account_from(const Record& record);  // of ListarContasCorrentes; its balance is elsewhere

}  // namespace tomada::erp::omie
