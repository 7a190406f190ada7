// Which function answers which call.
#include "answers.hpp"

#include "paging.hpp"

#include <map>

namespace omie_simulator {
namespace {

using Function = Reply (*)(const Question&);

const std::map<std::string, Function, std::less<>>& functions() {
  static const std::map<std::string, Function, std::less<>> known{
      {"/estoque/consulta/ ListarMovimentoEstoque", list_stock_moves},
      {"/estoque/consulta/ ListarPosEstoque", list_stock},
      {"/estoque/consulta/ PosicaoEstoque", get_stock},
      {"/estoque/local/ ListarLocaisEstoque", list_locations},
      {"/estoque/movestoque/ ListarMovimentos", list_moves_by_product},
      {"/estoque/resumo/ ObterEstoqueProduto", get_stock_summary},
      {"/financas/caixa/ ListarOrcamentos", list_budget},
      {"/financas/contacorrentelancamentos/ ListarLancCC", list_entries},
      {"/financas/contapagar/ ConsultarContaPagar", get_title},
      {"/financas/contapagar/ ListarContasPagar", list_titles},
      {"/financas/contareceber/ ConsultarContaReceber", get_title},
      {"/financas/contareceber/ ListarContasReceber", list_titles},
      {"/financas/extrato/ ListarExtrato", get_statement},
      {"/financas/mf/ ListarMovimentos", list_movements},
      {"/financas/pesquisartitulos/ PesquisarLancamentos", search_titles},
      {"/financas/resumo/ ObterListaEmAberto", list_open},
      {"/financas/resumo/ ObterListaFinancas", list_open_of_category},
      {"/financas/resumo/ ObterResumoFinancas", get_summary},
      {"/geral/bancos/ ListarBancos", list_banks},
      {"/geral/categorias/ ConsultarCategoria", get_category},
      {"/geral/categorias/ ListarCategorias", list_categories},
      {"/geral/cidades/ PesquisarCidades", list_cities},
      {"/geral/clientes/ ConsultarCliente", get_customer},
      {"/geral/clientes/ ListarClientes", list_customers},
      {"/geral/clientes/ ListarClientesResumido", list_customers_briefly},
      {"/geral/clientetag/ ListarTags", list_tags},
      {"/geral/contacorrente/ ListarContasCorrentes", list_accounts},
      {"/geral/contacorrente/ ListarResumoContasCorrentes", list_accounts_briefly},
      {"/geral/contacorrente/ PesquisarContaCorrente", list_accounts_briefly},
      {"/geral/departamentos/ ConsultarDepartamento", get_department},
      {"/geral/departamentos/ ListarDepartamentos", list_departments},
      {"/geral/departamentos/ ListarDepatartamentos", list_departments},
      {"/geral/empresas/ ListarEmpresas", list_companies},
      {"/geral/familias/ PesquisarFamilias", list_families},
      {"/geral/parcelas/ ListarParcelas", list_instalments},
      {"/geral/produtos/ ConsultarProduto", get_product},
      {"/geral/produtos/ ListarProdutos", list_products},
      {"/geral/produtos/ ListarProdutosResumido", list_products_briefly},
      {"/geral/projetos/ ListarProjetos", list_projects},
      {"/geral/tiposdoc/ PesquisarTipoDocumento", list_kinds_of_documents},
      {"/geral/unidade/ ListarUnidades", list_units},
      {"/geral/vendedores/ ListarVendedores", list_salespeople},
      {"/produtos/etapafat/ ListarEtapasFaturamento", list_steps},
      {"/produtos/nfconsultar/ ConsultarNF", get_invoice},
      {"/produtos/nfconsultar/ ListarNF", list_invoices},
      {"/produtos/pedido/ ConsultarPedido", get_order},
      {"/produtos/pedido/ ListarPedidos", list_orders},
      {"/produtos/pedido/ StatusPedido", get_order_status},
      {"/produtos/pedidocompra/ PesquisarPedCompra", list_purchases},
      {"/produtos/pedidoetapas/ ListarEtapasPedido", list_order_steps},
      {"/servicos/nfse/ ListarNFSEs", list_service_invoices},
      {"/servicos/os/ ConsultarOS", get_service_order},
      {"/servicos/os/ ListarOS", list_service_orders},
      {"/servicos/servico/ ListarCadastroServico", list_services},
  };
  return known;
}

// As Omie says that there is nothing: of pages by a fault or an empty one, of a whole list by an empty one, of what has
// one record only by its not being registered.
Reply nothing(const Question& question) {
  const CallType& call = question.call;
  if (call.paging != Paging::none) {
    const auto page = read_page(call, question.parameters, question.options);
    return past_the_end(call, page.number, 0, 0);
  }
  if (call.list.empty()) return client_fault(103, "Registro não cadastrado para o Código informado!");
  json::object out;
  for (std::size_t begin = 0; begin <= call.list.size();) {
    const auto end = std::min(call.list.find(',', begin), call.list.size());
    out[call.list.substr(begin, end - begin)] = json::array{};
    begin = end + 1;
  }
  return out;
}

}  // namespace

Reply answer(const Question& question) {
  if (question.call.is_without_records) return nothing(question);
  return functions().find(question.call.path + ' ' + question.call.name)->second(question);
}

bool has_function(const CallType& call) { return functions().contains(call.path + ' ' + call.name); }

}  // namespace omie_simulator
