// The calls this simulator knows, with every tag a request may carry and its type.
#include "call_table.hpp"

#include <algorithm>
#include <sstream>

namespace omie_simulator {
namespace {

struct Row {
  const char* path;
  const char* name;
  const char* list;
  Paging paging;
  Beyond beyond;
  bool is_heavy;
  const char* tags;
};

constexpr Row rows[] = {
    {"/geral/clientes/", "ListarClientes", "clientes_cadastro", Paging::snake, Beyond::fault_5113, false,
     "s1 apenas_importado_api exibir_caracteristicas exibir_obs filtrar_apenas_alteracao "
     "filtrar_apenas_inclusao ordem_decrescente ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
     "filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por ; n pagina registros_por_pagina ; "
     "clientesFiltro { s60 bairro codigo_cliente_integracao endereco razao_social ; s10 cep ; s40 "
     "cidade ; s20 cnpj_cpf inscricao_estadual inscricao_municipal inscricao_suframa ; n "
     "codigo_cliente_omie ; s100 contato homepage nome_fantasia ; s500 email ; s2 estado ; s1 inativo "
     "optante_simples_nacional pessoa_fisica ; tags [ s tag ] } ; clientesPorCodigo [ s60 "
     "codigo_cliente_integracao ; n codigo_cliente_omie ]"},
    {"/geral/clientes/", "ListarClientesResumido", "clientes_cadastro_resumido", Paging::snake, Beyond::fault_5113,
     false,
     "s1 apenas_importado_api exibir_caracteristicas exibir_obs filtrar_apenas_alteracao "
     "filtrar_apenas_inclusao ordem_decrescente ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
     "filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por ; n pagina registros_por_pagina ; "
     "clientesFiltro { s60 bairro codigo_cliente_integracao endereco razao_social ; s10 cep ; s40 "
     "cidade ; s20 cnpj_cpf inscricao_estadual inscricao_municipal inscricao_suframa ; n "
     "codigo_cliente_omie ; s100 contato homepage nome_fantasia ; s500 email ; s2 estado ; s1 inativo "
     "optante_simples_nacional pessoa_fisica ; tags [ s tag ] } ; clientesPorCodigo [ s60 "
     "codigo_cliente_integracao ; n codigo_cliente_omie ]"},
    {"/geral/clientes/", "ConsultarCliente", "", Paging::none, Beyond::fault_5113, false,
     "s60 codigo_cliente_integracao ; n codigo_cliente_omie"},
    {"/geral/clientes/", "IncluirCliente", "", Paging::none, Beyond::fault_5113, false,
     "s60 codigo_cliente_integracao razao_social ; s100 nome_fantasia ; s20 cnpj_cpf ; s40 cidade ; s2 estado ; s500 "
     "email ; s5 telefone1_ddd ; s15 telefone1_numero ; tags [ s tag ]"},
    {"/geral/categorias/", "ListarCategorias", "categoria_cadastro", Paging::snake, Beyond::nothing, false,
     "s1 filtrar_apenas_ativo filtrar_por_tipo ; n pagina registros_por_pagina"},
    {"/geral/departamentos/", "ListarDepartamentos", "departamentos", Paging::snake, Beyond::nothing, false,
     "n pagina registros_por_pagina"},
    {"/geral/empresas/", "ListarEmpresas", "empresas_cadastro", Paging::snake, Beyond::first_page, false,
     "n pagina registros_por_pagina"},
    {"/geral/produtos/", "ListarProdutos", "produto_servico_cadastro", Paging::snake, Beyond::fault_5113, false,
     "s1 apenas_importado_api exibir_caracteristicas exibir_kit exibir_obs exibir_tabelas_preco "
     "filtrar_apenas_alteracao filtrar_apenas_inclusao filtrar_apenas_marketplace "
     "filtrar_apenas_omiepdv filtrar_apenas_pdv inativo ordem_decrescente ; s14 ean ; s200 "
     "filtrar_apenas_descricao ; s50 filtrar_apenas_familia ; s2 filtrar_apenas_tipo ; s10 "
     "filtrar_por_data_ate filtrar_por_data_de ; s8 filtrar_por_hora_ate filtrar_por_hora_de ; s13 ncm "
     "; s100 ordenar_por ; n pagina registros_por_pagina ; caracteristicas [ s20 cCodIntCaract ; s60 "
     "cConteudo ; s1 cExibirItemNF cExibirItemPedido cExibirOrdemProd ; s30 cNomeCaract ; n nCodCaract "
     "] ; produtosPorCodigo [ s60 codigo codigo_produto_integracao ; n codigo_produto ]"},
    {"/geral/contacorrente/", "ListarContasCorrentes", "ListarContasCorrentes", Paging::snake, Beyond::fault_101, false,
     "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_ativo filtrar_apenas_inclusao "
     "ordem_descrescente ; n codigo pagina registros_por_pagina ; s20 codigo_integracao ; s10 "
     "filtrar_por_data_ate filtrar_por_data_de ; s100 ordenar_por"},
    {"/geral/contacorrente/", "ListarResumoContasCorrentes", "conta_corrente_lista", Paging::snake, Beyond::fault_5113,
     false,
     "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_ativo filtrar_apenas_inclusao "
     "ordem_descrescente ; n codigo pagina registros_por_pagina ; s20 codigo_integracao ; s10 "
     "filtrar_por_data_ate filtrar_por_data_de ; s100 ordenar_por"},
    {"/estoque/consulta/", "ListarPosEstoque", "produtos", Paging::hungarian, Beyond::fault_5113, false,
     "s1 cExibeApenasMarketplace cExibeApenasPDV cExibeTodos ; s2 cTipoItem ; n codigo_local_estoque "
     "nPagina nRegPorPagina ; s10 dDataPosicao ; s lista_local_estoque ; lista_produtos [ s60 cCodInt "
     "cCodigo ; n nCodProd ]"},
    {"/financas/contapagar/", "ListarContasPagar", "conta_pagar_cadastro", Paging::snake, Beyond::fault_5113, true,
     "s1 apenas_importado_api exibir_obs filtrar_apenas_alteracao filtrar_apenas_inclusao "
     "ordem_descrescente ; n filtrar_cliente filtrar_conta_corrente filtrar_por_projeto "
     "filtrar_por_vendedor pagina registros_por_pagina ; s20 filtrar_por_cpf_cnpj ; s10 "
     "filtrar_por_data_ate filtrar_por_data_de filtrar_por_emissao_ate filtrar_por_emissao_de "
     "filtrar_por_registro_ate filtrar_por_registro_de ; s100 filtrar_por_status ordenar_por"},
    {"/financas/contapagar/", "IncluirContaPagar", "", Paging::none, Beyond::fault_5113, false,
     "s60 codigo_lancamento_integracao ; n codigo_cliente_fornecedor id_conta_corrente ; s20 codigo_categoria "
     "numero_documento ; s10 data_emissao data_vencimento data_previsao ; m valor_documento"},
    {"/financas/contareceber/", "IncluirContaReceber", "", Paging::none, Beyond::fault_5113, false,
     "s60 codigo_lancamento_integracao ; n codigo_cliente_fornecedor id_conta_corrente ; s20 codigo_categoria "
     "numero_documento ; s10 data_emissao data_vencimento data_previsao ; m valor_documento"},
    {"/financas/contareceber/", "ListarContasReceber", "conta_receber_cadastro", Paging::snake, Beyond::empty_list,
     true,
     "s1 apenas_importado_api exibir_obs filtrar_apenas_alteracao filtrar_apenas_inclusao "
     "filtrar_apenas_titulos_em_aberto ordem_descrescente ; n filtrar_cliente filtrar_conta_corrente "
     "filtrar_por_projeto filtrar_por_vendedor pagina registros_por_pagina ; s20 filtrar_por_cpf_cnpj "
     "; s10 filtrar_por_data_ate filtrar_por_data_de filtrar_por_emissao_ate filtrar_por_emissao_de "
     "filtrar_por_registro_ate filtrar_por_registro_de ; s100 filtrar_por_status ordenar_por"},
    {"/financas/mf/", "ListarMovimentos", "movimentos", Paging::hungarian, Beyond::fault_5113, true,
     "s20 cCPFCNPJCliente cCodCateg cNumCtr cNumDocFiscal cNumTitulo ; s60 cCodIntTitulo ; s70 "
     "cCodigoBarras ; s1 cExibirDepartamentos cNatureza ; s15 cNumOS ; s2 cOperacao ; s100 cOrdenarPor "
     "cStatus ; s5 cTipo ; s10 cTpLancamento dDtAltAte dDtAltDe dDtEmisAte dDtEmisDe dDtIncAte "
     "dDtIncDe dDtPagtoAte dDtPagtoDe dDtPrevAte dDtPrevDe dDtRegAte dDtRegDe dDtVencAte dDtVencDe ; b "
     "lDadosCad ; n nCodCC nCodCliente nCodComprador nCodCtr nCodMovCC nCodOS nCodProjeto nCodTitulo "
     "nCodVendedor nPagina nRegPorPagina"},
    {"/financas/resumo/", "ObterResumoFinancas", "", Paging::none, Beyond::fault_5113, false,
     "s10 dDia ; b lApenasResumo lExibirCategoria"},
    {"/financas/extrato/", "ListarExtrato", "", Paging::none, Beyond::fault_5113, false,
     "s20 cCodIntCC ; s1 cExibirApenasSaldo ; s10 dPeriodoFinal dPeriodoInicial ; n nCodCC"},
    {"/produtos/pedido/", "ListarPedidos", "pedido_venda_produto", Paging::snake, Beyond::fault_5113, true,
     "s1 apenas_importado_api apenas_resumo filtrar_apenas_alteracao filtrar_apenas_inclusao ; s10 "
     "data_cancelamento_ate data_cancelamento_de data_faturamento_ate data_faturamento_de "
     "data_previsao_ate data_previsao_de filtrar_por_data_ate filtrar_por_data_de ; s2 etapa ; n "
     "filtrar_por_cliente filtrar_por_projeto filtrar_por_vendedor numero_pedido_ate numero_pedido_de "
     "pagina registros_por_pagina ; s8 filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por "
     "status_pedido"},
    {"/produtos/nfconsultar/", "ListarNF", "nfCadastro", Paging::snake, Beyond::fault_5113, true,
     "s1 apenas_importado_api cApenasResumo cDetalhesPedido filtrar_apenas_alteracao "
     "filtrar_apenas_inclusao filtrar_por_status ordem_decrescente tpAmb tpNF ; s30 "
     "cNumeroPedidoCliente ; s5 cSerie ; s100 cnpj_cpf ordenar_por ; s10 dCanFinal dCanInicial "
     "dEmiFinal dEmiInicial dInutFinal dInutInicial dRegFinal dRegInicial dSaiEntFinal dSaiEntInicial "
     "filtrar_por_data_ate filtrar_por_data_de ; s8 hEmiFinal hEmiInicial ; n nIdCliente nNFFinal "
     "nNFInicial pagina registros_por_pagina ; s2 opPedido"},
};

Tags read_group(std::istringstream& from, const std::string& end) {
  Tags out;
  std::string word, type;
  while (from >> word && word != end) {
    if (word == ";") {
      type.clear();
    } else if (type.empty() && (word.size() == 1 || word.find_first_not_of("0123456789", 1) == std::string::npos)) {
      type = word;
    } else if (!type.empty()) {
      out[word] = Tag{type[0], type.size() > 1 ? std::stoul(type.substr(1)) : 0, {}};
    } else {
      std::string bracket;
      from >> bracket;
      out[word] = Tag{bracket[0], 0, read_group(from, bracket == "{" ? "}" : "]")};
    }
  }
  return out;
}

}  // namespace

Tags read_tags(const std::string& notation) {
  std::istringstream from{notation};
  return read_group(from, "");
}

const std::vector<CallType>& call_types() {
  static const std::vector<CallType> types = [] {
    std::vector<CallType> out;
    for (const Row& row : rows)
      out.push_back({row.path, row.name, row.list, row.paging, row.beyond, row.is_heavy, read_tags(row.tags)});
    return out;
  }();
  return types;
}

const CallType* find_call(std::string_view path, std::string_view name) {
  const auto& types = call_types();
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const auto& type) { return type.path == path && type.name == name; });
  return found == types.end() ? nullptr : &*found;
}

bool is_known_path(std::string_view path) {
  const auto& types = call_types();
  return std::any_of(types.begin(), types.end(), [&](const auto& type) { return type.path == path; });
}

}  // namespace omie_simulator
