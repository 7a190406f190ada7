// The calls of titles, accounts, cash that this simulator answers from its company.
#include "call_rows.hpp"

namespace omie_simulator {

std::vector<CallRow> calls_of_finance() {
  return {
      {"/financas/contapagar/", "ListarContasPagar", "conta_pagar_cadastro", Paging::snake, Beyond::fault_5113, true,
       "s1 apenas_importado_api exibir_obs filtrar_apenas_alteracao filtrar_apenas_inclusao "
       "ordem_descrescente ; n filtrar_cliente filtrar_conta_corrente filtrar_por_projeto "
       "filtrar_por_vendedor pagina registros_por_pagina ; s20 filtrar_por_cpf_cnpj ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de filtrar_por_emissao_ate filtrar_por_emissao_de "
       "filtrar_por_registro_ate filtrar_por_registro_de ; s100 filtrar_por_status ordenar_por"},
      {"/financas/contapagar/", "ConsultarContaPagar", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_lancamento_integracao ; n codigo_lancamento_omie"},
      {"/financas/contareceber/", "ListarContasReceber", "conta_receber_cadastro", Paging::snake, Beyond::empty_list,
       true,
       "s1 apenas_importado_api exibir_obs filtrar_apenas_alteracao filtrar_apenas_inclusao "
       "filtrar_apenas_titulos_em_aberto ordem_descrescente ; n filtrar_cliente filtrar_conta_corrente "
       "filtrar_por_projeto filtrar_por_vendedor pagina registros_por_pagina ; s20 filtrar_por_cpf_cnpj ; "
       "s10 filtrar_por_data_ate filtrar_por_data_de filtrar_por_emissao_ate filtrar_por_emissao_de "
       "filtrar_por_registro_ate filtrar_por_registro_de ; s100 filtrar_por_status ordenar_por"},
      {"/financas/contareceber/", "ConsultarContaReceber", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_lancamento_integracao ; n codigo_lancamento_omie"},
      {"/financas/mf/", "ListarMovimentos", "movimentos", Paging::hungarian, Beyond::fault_5113, true,
       "s20 cCPFCNPJCliente cCodCateg cNumCtr cNumDocFiscal cNumTitulo ; s60 cCodIntTitulo ; s70 "
       "cCodigoBarras ; s1 cExibirDepartamentos cNatureza ; s15 cNumOS ; s2 cOperacao ; s100 cOrdenarPor "
       "cStatus ; s5 cTipo ; s10 cTpLancamento dDtAltAte dDtAltDe dDtEmisAte dDtEmisDe dDtIncAte dDtIncDe "
       "dDtPagtoAte dDtPagtoDe dDtPrevAte dDtPrevDe dDtRegAte dDtRegDe dDtVencAte dDtVencDe ; b lDadosCad ; "
       "n nCodCC nCodCliente nCodComprador nCodCtr nCodMovCC nCodOS nCodProjeto nCodTitulo nCodVendedor "
       "nPagina nRegPorPagina"},
      {"/financas/pesquisartitulos/", "PesquisarLancamentos", "titulosEncontrados", Paging::hungarian,
       Beyond::fault_5113, true,
       "s20 cCPFCNPJCliente cCodCateg cNumCtr cNumDocFiscal cNumTitulo ; s44 cChaveNFe ; s60 cCodIntTitulo ; "
       "s70 cCodigoBarras ; s1 cNatureza cOrdemDecrescente ; s15 cNumOS ; s2 cOperacao ; s100 cOrdenarPor "
       "cStatus ; s5 cTipo ; s10 dDtAltAte dDtAltDe dDtCancAte dDtCancDe dDtEmisAte dDtEmisDe dDtIncAte "
       "dDtIncDe dDtPagtoAte dDtPagtoDe dDtPrevAte dDtPrevDe dDtRegAte dDtRegDe dDtVencAte dDtVencDe ; b "
       "lDadosCad ; n nCodCC nCodCliente nCodComprador nCodCtr nCodOS nCodProjeto nCodTitulo nCodVendedor "
       "nPagina nRegPorPagina"},
      {"/financas/contacorrentelancamentos/", "ListarLancCC", "listaLancamentos", Paging::hungarian, Beyond::fault_5113,
       true,
       "s1 cOrdemDecrescente ; s100 cOrdenarPor ; s4 cOrigem ; s10 dDtAltAte dDtAltDe dDtIncAte dDtIncDe "
       "dtPagFinal dtPagInicial ; n nPagina nRegPorPagina"},
      {"/financas/resumo/", "ObterResumoFinancas", "", Paging::none, Beyond::fault_5113, false,
       "s10 dDia ; b lApenasResumo lExibirCategoria"},
      {"/financas/resumo/", "ObterListaFinancas", "listaDetalhesFinancas", Paging::none, Beyond::fault_5113, false,
       "s20 cCodCateg ; s1 cTipo ; s10 dDia"},
      {"/financas/resumo/", "ObterListaEmAberto", "ListaEmEberto", Paging::hungarian, Beyond::fault_5113, false,
       "s1 cTipo ; s10 dDia ; n nPagina nRegPorPagina"},
      {"/financas/extrato/", "ListarExtrato", "", Paging::none, Beyond::fault_5113, false,
       "s20 cCodIntCC ; s1 cExibirApenasSaldo ; s10 dPeriodoFinal dPeriodoInicial ; n nCodCC"},
      {"/financas/caixa/", "ListarOrcamentos", "ListaOrcamentos", Paging::none, Beyond::fault_5113, false,
       "n nAno nMes"},
      {"/financas/contapagar/", "IncluirContaPagar", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_lancamento_integracao ; n codigo_cliente_fornecedor id_conta_corrente ; s20 "
       "codigo_categoria numero_documento ; s10 data_emissao data_vencimento data_previsao ; m "
       "valor_documento"},
      {"/financas/contareceber/", "IncluirContaReceber", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_lancamento_integracao ; n codigo_cliente_fornecedor id_conta_corrente ; s20 "
       "codigo_categoria numero_documento ; s10 data_emissao data_vencimento data_previsao ; m "
       "valor_documento"},
  };
}

}  // namespace omie_simulator
