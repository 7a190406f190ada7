#pragma once
// The predecessor's tools under their old names and arguments. An answer is {status, timestamp, data, filtros}; amounts
// are JSON numbers, dates dd/mm/aaaa. Unlike then, filters apply before paging and totals are of all that matches.
#include "tools/tools.hpp"

namespace tomada::erp::tools::compat {

[[nodiscard]] Answer testar_conexao(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer consultar_categorias(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer consultar_departamentos(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer listar_clientes(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer consultar_fornecedores(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer consultar_contas_pagar(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer consultar_contas_receber(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer lista_empresas(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer info_empresa(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer listar_contas_correntes(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer listar_resumo_contas_correntes(Source& source, const json::object& arguments,
                                                    const Request& request);

// Those that book; data is {incluido, mensagem, codigo, ja_existia}. They ask the user first, as all that write do.
[[nodiscard]] Answer cadastrar_cliente_fornecedor(Source& source, const json::object& arguments, const Request& request,
                                                  const sdk::Host& host);
[[nodiscard]] Answer criar_conta_pagar(Source& source, const json::object& arguments, const Request& request,
                                       const sdk::Host& host);
[[nodiscard]] Answer criar_conta_receber(Source& source, const json::object& arguments, const Request& request,
                                         const sdk::Host& host);

}  // namespace tomada::erp::tools::compat
