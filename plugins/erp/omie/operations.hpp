#pragma once
// Operations: the calls of Omie that this connector makes.
#include "omie/operation.hpp"

namespace tomada::erp::omie::operations {

inline constexpr Operation companies{"geral/empresas/", "ListarEmpresas", "empresas_cadastro", "codigo_empresa"};
inline constexpr Operation partners{"geral/clientes/", "ListarClientes", "clientes_cadastro", "codigo_cliente_omie"};
inline constexpr Operation categories{"geral/categorias/", "ListarCategorias", "categoria_cadastro", "codigo"};
inline constexpr Operation departments{"geral/departamentos/", "ListarDepartamentos", "departamentos", "codigo"};
inline constexpr Operation products{"geral/produtos/", "ListarProdutos", "produto_servico_cadastro", "codigo_produto"};
inline constexpr Operation stock{"estoque/consulta/", "ListarPosEstoque", "produtos", "nCodProd", true};
inline constexpr Operation movements{"financas/mf/", "ListarMovimentos", "movimentos", "detalhes.nCodTitulo", true};
inline constexpr Operation accounts{"geral/contacorrente/", "ListarContasCorrentes", "ListarContasCorrentes", "nCodCC"};
inline constexpr Operation statement{"financas/extrato/", "ListarExtrato", "", "nCodCC"};
inline constexpr Operation orders{"produtos/pedido/", "ListarPedidos", "pedido_venda_produto",
                                  "cabecalho.codigo_pedido"};
inline constexpr Operation invoices{"produtos/nfconsultar/", "ListarNF", "nfCadastro", "compl.nIdNF"};

inline constexpr Operation create_partner{"geral/clientes/", "IncluirCliente"};
inline constexpr Operation create_payable{"financas/contapagar/", "IncluirContaPagar"};
inline constexpr Operation create_receivable{"financas/contareceber/", "IncluirContaReceber"};

}  // namespace tomada::erp::omie::operations
