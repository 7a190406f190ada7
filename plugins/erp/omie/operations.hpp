#pragma once
// Operations: the calls of Omie that this connector makes.
#include "omie/client.hpp"

namespace tomada::erp::omie::operations {

inline constexpr Operation companies{"geral/empresas/", "ListarEmpresas", "empresas_cadastro"};
inline constexpr Operation partners{"geral/clientes/", "ListarClientes", "clientes_cadastro"};
inline constexpr Operation categories{"geral/categorias/", "ListarCategorias", "categoria_cadastro"};
inline constexpr Operation departments{"geral/departamentos/", "ListarDepartamentos", "departamentos"};
inline constexpr Operation products{"geral/produtos/", "ListarProdutos", "produto_servico_cadastro"};
inline constexpr Operation stock{"estoque/consulta/", "ListarPosEstoque", "produtos", true};
inline constexpr Operation movements{"financas/mf/", "ListarMovimentos", "movimentos", true};
inline constexpr Operation accounts{"geral/contacorrente/", "ListarContasCorrentes", "ListarContasCorrentes"};
inline constexpr Operation statement{"financas/extrato/", "ListarExtrato"};
inline constexpr Operation orders{"produtos/pedido/", "ListarPedidos", "pedido_venda_produto"};
inline constexpr Operation invoices{"produtos/nfconsultar/", "ListarNF", "nfCadastro"};

}  // namespace tomada::erp::omie::operations
