// The calls of stock, sales, purchases, services that this simulator answers from its company.
#include "call_rows.hpp"

namespace omie_simulator {

std::vector<CallRow> calls_of_trade() {
  return {
      {"/estoque/consulta/", "ListarPosEstoque", "produtos", Paging::hungarian, Beyond::fault_5113, false,
       "s1 cExibeApenasMarketplace cExibeApenasPDV cExibeTodos ; s2 cTipoItem ; n codigo_local_estoque "
       "nPagina nRegPorPagina ; s10 dDataPosicao ; s lista_local_estoque ; lista_produtos [ s60 cCodInt "
       "cCodigo ; n nCodProd ]"},
      {"/estoque/consulta/", "PosicaoEstoque", "", Paging::none, Beyond::fault_5113, false,
       "s1 apenas_saldo ; s20 cod_int ; n codigo_local_estoque id_prod ; s10 data"},
      {"/estoque/consulta/", "ListarMovimentoEstoque", "movProdutoListar", Paging::hungarian, Beyond::fault_5113, false,
       "s60 cCodInt ; n codigo_local_estoque idProd nPagina nRegPorPagina ; s10 dDtFinal dDtInicial ; s "
       "lista_local_estoque"},
      {"/estoque/local/", "ListarLocaisEstoque", "locaisEncontrados", Paging::hungarian, Beyond::fault_5113, false,
       "s1 filtrar_apenas_alteracao filtrar_apenas_inclusao ; s10 filtrar_por_data_ate filtrar_por_data_de ; "
       "s8 filtrar_por_hora_ate filtrar_por_hora_de ; n nPagina nRegPorPagina"},
      {"/estoque/resumo/", "ObterEstoqueProduto", "listaEstoque", Paging::none, Beyond::fault_5113, false,
       "s60 cCodigo ; s14 cEAN ; s1 cExibirImagens ; s10 dDia ; n nIdProduto ; s120 xCodigo"},
      {"/estoque/movestoque/", "ListarMovimentos", "cadastros", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api ordem_decrescente ; n codigo_local_estoque pagina registros_por_pagina ; s10 "
       "data_final data_inicial ; s8 hora_final hora_inicial ; s100 ordenar_por"},
      {"/produtos/pedido/", "ListarPedidos", "pedido_venda_produto", Paging::snake, Beyond::fault_5113, true,
       "s1 apenas_importado_api apenas_resumo filtrar_apenas_alteracao filtrar_apenas_inclusao ; s10 "
       "data_cancelamento_ate data_cancelamento_de data_faturamento_ate data_faturamento_de "
       "data_previsao_ate data_previsao_de filtrar_por_data_ate filtrar_por_data_de ; s2 etapa ; n "
       "filtrar_por_cliente filtrar_por_projeto filtrar_por_vendedor numero_pedido_ate numero_pedido_de "
       "pagina registros_por_pagina ; s8 filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por "
       "status_pedido"},
      {"/produtos/pedido/", "ConsultarPedido", "", Paging::none, Beyond::fault_5113, false,
       "n codigo_pedido ; s60 codigo_pedido_integracao ; s15 numero_pedido"},
      {"/produtos/pedido/", "StatusPedido", "", Paging::none, Beyond::fault_5113, false,
       "n codigo_pedido ; s60 codigo_pedido_integracao"},
      {"/produtos/pedidoetapas/", "ListarEtapasPedido", "etapasPedido", Paging::hungarian, Beyond::fault_5113, false,
       "s60 cCodIntPed ; s2 cEtapa ; s8 cHrFinal cHrInicial ; s1 cOrdemDecrescente ; s100 cOrdenarPor ; s10 "
       "dDtFinal dDtInicial ; n nCodPed nPagina nRegPorPagina"},
      {"/produtos/etapafat/", "ListarEtapasFaturamento", "cadastros", Paging::snake, Beyond::fault_5113, false,
       "s1 ordem_decrescente ; s100 ordenar_por ; n pagina registros_por_pagina"},
      {"/produtos/nfconsultar/", "ListarNF", "nfCadastro", Paging::snake, Beyond::fault_5113, true,
       "s1 apenas_importado_api cApenasResumo cDetalhesPedido filtrar_apenas_alteracao "
       "filtrar_apenas_inclusao filtrar_por_status ordem_decrescente tpAmb tpNF ; s30 cNumeroPedidoCliente ; "
       "s5 cSerie ; s100 cnpj_cpf ordenar_por ; s10 dCanFinal dCanInicial dEmiFinal dEmiInicial dInutFinal "
       "dInutInicial dRegFinal dRegInicial dSaiEntFinal dSaiEntInicial filtrar_por_data_ate "
       "filtrar_por_data_de ; s8 hEmiFinal hEmiInicial ; n nIdCliente nNFFinal nNFInicial pagina "
       "registros_por_pagina ; s2 opPedido"},
      {"/produtos/nfconsultar/", "ConsultarNF", "", Paging::none, Beyond::fault_5113, false,
       "s44 cChaveNFe ; s1 cDetalhesPedido tpAmb tpNF ; s100 cnpj_cpf ; s10 dEmi nNF ; n nCodNF nIdCliente "
       "nIdPedido ; s5 serie"},
      {"/produtos/pedidocompra/", "PesquisarPedCompra", "pedidos_pesquisa", Paging::purchases, Beyond::fault_5113, true,
       "s dDataFinal dDataInicial lExibirPedidosCancelados lExibirPedidosEncerrados "
       "lExibirPedidosFatParciais lExibirPedidosFaturados lExibirPedidosPendentes lExibirPedidosRecParciais "
       "lExibirPedidosRecebidos ; b lApenasAlterados ; s1 lApenasImportadoApi ; n nPagina nRegsPorPagina"},
      {"/servicos/os/", "ListarOS", "osCadastro", Paging::snake, Beyond::fault_5113, true,
       "s1 apenas_importado_api cExibirDespesas cExibirProdutos filtrar_apenas_alteracao "
       "filtrar_apenas_inclusao filtrar_por_status ordem_decrescente ordem_descrescente ; s3 cTipoFat ; n "
       "filtrar_por_cliente pagina registros_por_pagina ; s10 filtrar_por_data_ate "
       "filtrar_por_data_cancelamento_ate filtrar_por_data_cancelamento_de filtrar_por_data_de "
       "filtrar_por_data_faturamento_ate filtrar_por_data_faturamento_de filtrar_por_data_previsao_ate "
       "filtrar_por_data_previsao_de ; s2 filtrar_por_etapa ; s100 ordenar_por ; filtrar_por_codigo [ s60 "
       "cCodIntOS ; n nCodOS ]"},
      {"/servicos/os/", "ConsultarOS", "", Paging::none, Beyond::fault_5113, false,
       "s60 cCodIntOS ; s15 cNumOS ; n nCodOS ; despesasReembolsaveis { s20 cCodCategReemb ; "
       "despesaReembolsavel [ s1 cAcaoReemb ; s200 cDescReemb ; s10 dDataReemb ; n nCodReemb nValorReemb ] }"},
      {"/servicos/nfse/", "ListarNFSEs", "nfseEncontradas", Paging::hungarian, Beyond::empty_list, true,
       "s1 cAmbienteNFSe cExibirDepartamentos cExibirDescricao cStatusNFSe ; s20 cCodigoCategoria "
       "cNumeroContrato nNumeroNFSe ; s50 cCodigoVerifNFSe ; s10 cSerieNFSe dEmiFinal dEmiInicial ; s8 "
       "hEmiFinal hEmiInicial ; s44 nChaveNFe ; n nCodNF nCodigoCC nCodigoCliente nCodigoContrato nCodigoOS "
       "nCodigoProjeto nCodigoVendedor nPagina nRegPorPagina ; s15 nNumeroOS"},
      {"/servicos/servico/", "ListarCadastroServico", "cadastros", Paging::hungarian, Beyond::fault_5113, false,
       "s20 cCodigo ; s100 cDescricao cOrdenarPor ; s1 cExibirProdutos cOrdemDecrescente inativo ; s10 "
       "dAlteracaoFinal dAlteracaoInicial dInclusaoFinal dInclusaoInicial ; s8 hAlteracaoFinal "
       "hAlteracaoInicial hInclusaoFinal hInclusaoInicial ; n nPagina nRegPorPagina"},
  };
}

}  // namespace omie_simulator
