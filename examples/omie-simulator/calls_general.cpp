// The calls of registers: customers, categories, products and what goes with them that this simulator answers from its
// company.
#include "call_rows.hpp"

namespace omie_simulator {

std::vector<CallRow> calls_of_general() {
  return {
      {"/geral/clientes/", "ListarClientes", "clientes_cadastro", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api exibir_caracteristicas exibir_obs filtrar_apenas_alteracao "
       "filtrar_apenas_inclusao ordem_decrescente ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
       "filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por ; n pagina registros_por_pagina ; "
       "clientesFiltro { s60 bairro codigo_cliente_integracao endereco razao_social ; s10 cep ; s40 cidade ; "
       "s20 cnpj_cpf inscricao_estadual inscricao_municipal inscricao_suframa ; n codigo_cliente_omie ; s100 "
       "contato homepage nome_fantasia ; s500 email ; s2 estado ; s1 inativo optante_simples_nacional "
       "pessoa_fisica ; tags [ s tag ] } ; clientesPorCodigo [ s60 codigo_cliente_integracao ; n "
       "codigo_cliente_omie ]"},
      {"/geral/clientes/", "ListarClientesResumido", "clientes_cadastro_resumido", Paging::snake, Beyond::fault_5113,
       false,
       "s1 apenas_importado_api exibir_caracteristicas exibir_obs filtrar_apenas_alteracao "
       "filtrar_apenas_inclusao ordem_decrescente ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
       "filtrar_por_hora_ate filtrar_por_hora_de ; s100 ordenar_por ; n pagina registros_por_pagina ; "
       "clientesFiltro { s60 bairro codigo_cliente_integracao endereco razao_social ; s10 cep ; s40 cidade ; "
       "s20 cnpj_cpf inscricao_estadual inscricao_municipal inscricao_suframa ; n codigo_cliente_omie ; s100 "
       "contato homepage nome_fantasia ; s500 email ; s2 estado ; s1 inativo optante_simples_nacional "
       "pessoa_fisica ; tags [ s tag ] } ; clientesPorCodigo [ s60 codigo_cliente_integracao ; n "
       "codigo_cliente_omie ]"},
      {"/geral/clientes/", "ConsultarCliente", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_cliente_integracao ; n codigo_cliente_omie"},
      {"/geral/clientetag/", "ListarTags", "tagsLista", Paging::none, Beyond::fault_5113, false,
       "s20 cCodIntCliente ; n nCodCliente"},
      {"/geral/categorias/", "ListarCategorias", "categoria_cadastro", Paging::snake, Beyond::nothing, false,
       "s1 filtrar_apenas_ativo filtrar_por_tipo ; n pagina registros_por_pagina ; s50 descricao"},
      {"/geral/categorias/", "ConsultarCategoria", "", Paging::none, Beyond::fault_5113, false, "s20 codigo"},
      {"/geral/departamentos/", "ListarDepartamentos", "departamentos", Paging::snake, Beyond::nothing, false,
       "n pagina registros_por_pagina"},
      {"/geral/departamentos/", "ListarDepatartamentos", "departamentos", Paging::snake, Beyond::nothing, false,
       "n pagina registros_por_pagina"},
      {"/geral/departamentos/", "ConsultarDepartamento", "", Paging::none, Beyond::fault_5113, false, "s40 codigo"},
      {"/geral/projetos/", "ListarProjetos", "cadastro", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_inclusao ordem_descrescente ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de ; s100 nome_projeto ordenar_por ; n pagina "
       "registros_por_pagina"},
      {"/geral/vendedores/", "ListarVendedores", "cadastro", Paging::snake, Beyond::nothing, false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_inclusao ordem_descrescente ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de ; s100 filtrar_por_email filtrar_por_nome ordenar_por ; n "
       "pagina registros_por_pagina"},
      {"/geral/empresas/", "ListarEmpresas", "empresas_cadastro", Paging::snake, Beyond::first_page, false,
       "n pagina registros_por_pagina"},
      {"/geral/produtos/", "ListarProdutos", "produto_servico_cadastro", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api exibir_caracteristicas exibir_kit exibir_obs exibir_tabelas_preco "
       "filtrar_apenas_alteracao filtrar_apenas_inclusao filtrar_apenas_marketplace filtrar_apenas_omiepdv "
       "filtrar_apenas_pdv inativo ordem_decrescente ; s14 ean ; s200 filtrar_apenas_descricao ; s50 "
       "filtrar_apenas_familia ; s2 filtrar_apenas_tipo ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
       "filtrar_por_hora_ate filtrar_por_hora_de ; s13 ncm ; s100 ordenar_por ; n pagina "
       "registros_por_pagina ; caracteristicas [ s20 cCodIntCaract ; s60 cConteudo ; s1 cExibirItemNF "
       "cExibirItemPedido cExibirOrdemProd ; s30 cNomeCaract ; n nCodCaract ] ; produtosPorCodigo [ s60 "
       "codigo codigo_produto_integracao ; n codigo_produto ]"},
      {"/geral/produtos/", "ListarProdutosResumido", "produto_servico_resumido", Paging::snake, Beyond::fault_5113,
       false,
       "s1 apenas_importado_api exibir_caracteristicas exibir_kit exibir_obs exibir_tabelas_preco "
       "filtrar_apenas_alteracao filtrar_apenas_inclusao filtrar_apenas_marketplace filtrar_apenas_omiepdv "
       "filtrar_apenas_pdv inativo ordem_decrescente ; s14 ean ; s200 filtrar_apenas_descricao ; s50 "
       "filtrar_apenas_familia ; s2 filtrar_apenas_tipo ; s10 filtrar_por_data_ate filtrar_por_data_de ; s8 "
       "filtrar_por_hora_ate filtrar_por_hora_de ; s13 ncm ; s100 ordenar_por ; n pagina "
       "registros_por_pagina ; caracteristicas [ s20 cCodIntCaract ; s60 cConteudo ; s1 cExibirItemNF "
       "cExibirItemPedido cExibirOrdemProd ; s30 cNomeCaract ; n nCodCaract ] ; produtosPorCodigo [ s60 "
       "codigo codigo_produto_integracao ; n codigo_produto ]"},
      {"/geral/produtos/", "ConsultarProduto", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo codigo_produto_integracao ; n codigo_produto"},
      {"/geral/familias/", "PesquisarFamilias", "famCadastro", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_inclusao ordem_descrescente ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de ; s100 ordenar_por ; n pagina registros_por_pagina"},
      {"/geral/unidade/", "ListarUnidades", "unidade_cadastro", Paging::none, Beyond::fault_5113, false, "s6 codigo"},
      {"/geral/parcelas/", "ListarParcelas", "cadastros", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api ordem_decrescente ; s100 ordenar_por ; n pagina registros_por_pagina"},
      {"/geral/bancos/", "ListarBancos", "fin_banco_cadastro", Paging::snake, Beyond::fault_5113, false,
       "n pagina registros_por_pagina ; s2 tipo"},
      {"/geral/tiposdoc/", "PesquisarTipoDocumento", "tipo_documento_cadastro", Paging::none, Beyond::fault_5113, false,
       "s5 codigo"},
      {"/geral/cidades/", "PesquisarCidades", "lista_cidades", Paging::snake, Beyond::fault_5113, false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_inclusao ordem_descrescente ; s40 "
       "filtrar_cidade_contendo filtrar_por_cidade ; s10 filtrar_por_data_ate filtrar_por_data_de ; s2 "
       "filtrar_por_uf ; s100 ordenar_por ; n pagina registros_por_pagina"},
      {"/geral/contacorrente/", "ListarContasCorrentes", "ListarContasCorrentes", Paging::snake, Beyond::fault_101,
       false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_ativo filtrar_apenas_inclusao "
       "ordem_descrescente ; n codigo pagina registros_por_pagina ; s20 codigo_integracao ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de ; s100 ordenar_por"},
      {"/geral/contacorrente/", "ListarResumoContasCorrentes", "conta_corrente_lista", Paging::snake,
       Beyond::fault_5113, false,
       "s1 apenas_importado_api filtrar_apenas_alteracao filtrar_apenas_ativo filtrar_apenas_inclusao "
       "ordem_descrescente ; n codigo pagina registros_por_pagina ; s20 codigo_integracao ; s10 "
       "filtrar_por_data_ate filtrar_por_data_de ; s100 ordenar_por"},
      {"/geral/contacorrente/", "PesquisarContaCorrente", "conta_corrente_lista", Paging::snake, Beyond::fault_5113,
       false, "n pagina registros_por_pagina ; s1 apenas_importado_api"},
      {"/geral/clientes/", "IncluirCliente", "", Paging::none, Beyond::fault_5113, false,
       "s60 codigo_cliente_integracao razao_social ; s100 nome_fantasia ; s20 cnpj_cpf ; s40 cidade ; s2 "
       "estado ; s500 email ; s5 telefone1_ddd ; s15 telefone1_numero ; tags [ s tag ]"},
  };
}

}  // namespace omie_simulator
