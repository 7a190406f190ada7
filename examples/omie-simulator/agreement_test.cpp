// One company behind all calls: what one says of it, the others say too.
#include "asked.hpp"
#include "change.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

using namespace omie_simulator;

namespace {

Options of_that_day() {
  Options out;
  out.today = "21/11/2026";
  out.page_cap = 5'000;
  return out;
}

struct Books {
  [[nodiscard]] json::object ask(const char* path, const char* call, const std::string& parameters) const {
    return record(asked(company, path, call, parameters, of_that_day()));
  }
  [[nodiscard]] json::array all(const char* path, const char* call, const char* size_tag,
                                const std::string& more = {}) const {
    return ask(path, call, std::string{"{\""} + size_tag + "\":5000" + (more.empty() ? "" : "," + more) + "}")
        .at(find_call(path, call)->list)
        .as_array();
  }
  Company company = invent(of_that_day());
};

Cents cents(const json::value& amount) { return std::llround(amount.to_number<double>() * 100); }

}  // namespace

TEST_CASE("agreement: the registers of titles, their movements and the search tell the same amounts", "[omie]") {
  const Books books;
  std::map<std::int64_t, Cents> registered;
  for (const auto& row : books.all("/financas/contapagar/", "ListarContasPagar", "registros_por_pagina"))
    registered[row.at("codigo_lancamento_omie").as_int64()] = cents(row.at("valor_documento"));
  for (const auto& row : books.all("/financas/contareceber/", "ListarContasReceber", "registros_por_pagina"))
    registered[row.at("codigo_lancamento_omie").as_int64()] = cents(row.at("valor_documento"));
  std::map<std::int64_t, Cents> moved, found;
  for (const auto& row : books.all("/financas/mf/", "ListarMovimentos", "nRegPorPagina"))
    moved[row.at("detalhes").at("nCodTitulo").as_int64()] = cents(row.at("detalhes").at("nValorTitulo"));
  for (const auto& row : books.all("/financas/pesquisartitulos/", "PesquisarLancamentos", "nRegPorPagina"))
    found[row.at("cabecTitulo").at("nCodTitulo").as_int64()] = cents(row.at("cabecTitulo").at("nValorTitulo"));
  CHECK(registered.size() == books.company.titles.size());
  CHECK(moved == registered);
  CHECK(found == registered);
}

TEST_CASE("agreement: the summary of a day is the sum of what is listed as open on it", "[omie]") {
  const Books books;
  const auto summary = books.ask("/financas/resumo/", "ObterResumoFinancas", R"({"dDia":"21/11/2026"})");
  for (const auto& [direction, part] : {std::pair{"P", "contaPagar"}, std::pair{"R", "contaReceber"}}) {
    const std::string parameters = std::string{R"("dDia":"21/11/2026","cTipo":")"} + direction + "\"";
    Cents sum = 0, late = 0;
    const auto open = books.all("/financas/resumo/", "ObterListaEmAberto", "nRegPorPagina", parameters);
    for (const auto& row : open) {
      sum += cents(row.at("vDoc"));
      late += row.at("nDiasAtraso").as_int64() > 0 ? cents(row.at("vDoc")) : 0;
    }
    CHECK(cents(summary.at(part).at("vTotal")) == sum);
    CHECK(cents(summary.at(part).at("vAtraso")) == late);
    CHECK(summary.at(part).at("nTotal").to_number<std::size_t>() == open.size());
    const auto whole = books.ask("/financas/resumo/", "ObterListaFinancas", "{" + parameters + "}");
    CHECK(whole.at("listaDetalhesFinancas").as_array().size() == open.size());
  }
}

TEST_CASE("agreement: the entries of an account are those of its statement", "[omie]") {
  const Books books;
  std::map<std::int64_t, Cents> by_account;
  for (const auto& row : books.all("/financas/contacorrentelancamentos/", "ListarLancCC", "nRegPorPagina")) {
    const bool is_out = row.at("diversos").at("cNatureza") == "P";
    by_account[row.at("cabecalho").at("nCodCC").as_int64()] +=
        (is_out ? -1 : 1) * cents(row.at("cabecalho").at("nValorLanc"));
  }
  Cents total = 0;
  for (const auto& row : books.all("/geral/contacorrente/", "ListarContasCorrentes", "registros_por_pagina")) {
    const auto id = row.at("nCodCC").as_int64();
    const auto statement = books.ask("/financas/extrato/", "ListarExtrato", R"({"nCodCC":)" + std::to_string(id) + "}");
    CHECK(cents(statement.at("nSaldoAtual")) == cents(row.at("saldo_inicial")) + by_account[id]);
    total += cents(statement.at("nSaldoAtual"));
  }
  const auto summary = books.ask("/financas/resumo/", "ObterResumoFinancas", R"({"lApenasResumo":true})");
  CHECK(cents(summary.at("contaCorrente").at("vTotal")) == total);
}

TEST_CASE("agreement: stock is what its moves add up to, on every day and in every call that tells it", "[omie]") {
  const Books books;
  for (const char* day : {"21/11/2026", "21/08/2026"}) {
    const auto positions = books.all("/estoque/consulta/", "ListarPosEstoque", "nRegPorPagina",
                                     std::string{R"("cExibeTodos":"N","dDataPosicao":")"} + day + "\"");
    for (const auto& row : positions) {
      const auto id = std::to_string(row.at("nCodProd").as_int64());
      INFO(day << ' ' << id);
      const auto one =
          books.ask("/estoque/consulta/", "PosicaoEstoque", R"({"id_prod":)" + id + R"(,"data":")" + day + "\"}");
      CHECK(one.at("fisico") == row.at("fisico"));
      CHECK(one.at("saldo") == row.at("nSaldo"));
      const auto summary =
          books.ask("/estoque/resumo/", "ObterEstoqueProduto", R"({"nIdProduto":)" + id + R"(,"dDia":")" + day + "\"}");
      CHECK(summary.at("listaEstoque").at(0).at("nFisico") == row.at("fisico"));
    }
  }
  std::map<std::int64_t, std::int64_t> moved;
  for (const auto& row : books.all("/estoque/movestoque/", "ListarMovimentos", "registros_por_pagina"))
    for (const auto& day : row.at("movimentos").as_array())
      moved[row.at("nCodProd").as_int64()] += day.at("nQtdeEntradas").as_int64() - day.at("nQtdeSaidas").as_int64();
  for (const auto& product : books.company.products) {
    CHECK(moved[product.id] == product.on_hand);
    CHECK(product.on_hand >= 0);
  }
}

TEST_CASE("agreement: an invoiced order has its invoice, its bill and its moves of stock", "[omie]") {
  const Books books;
  std::size_t billed = 0;
  const auto invoices = books.all("/produtos/nfconsultar/", "ListarNF", "registros_por_pagina");
  for (const auto& row : invoices) {
    const auto order = std::to_string(row.at("compl").at("nIdPedido").as_int64());
    const auto sold = books.ask("/produtos/pedido/", "ConsultarPedido", R"({"codigo_pedido":)" + order + "}");
    const auto& total = sold.at("pedido_venda_produto").at("total_pedido").at("valor_total_pedido");
    CHECK(cents(row.at("total").at("ICMSTot").at("vNF")) == cents(total));
    if (row.at("titulos").as_array().empty()) continue;
    const auto title = books.ask(
        "/financas/contareceber/", "ConsultarContaReceber",
        R"({"codigo_lancamento_omie":)" + std::to_string(row.at("titulos").at(0).at("nCodTitulo").as_int64()) + "}");
    CHECK(cents(title.at("valor_documento")) == cents(total));
    CHECK(title.at("codigo_cliente_fornecedor") == row.at("nfDestInt").at("nCodCli"));
    CHECK(std::to_string(title.at("nCodPedido").as_int64()) == order);
    CHECK(title.at("numero_documento_fiscal") == row.at("ide").at("nNF"));
    ++billed;
  }
  CHECK(billed > 40);
  CHECK(billed + 10 > invoices.size());  // all but those that were cancelled
}

TEST_CASE("agreement: what purchases are waited for is what stock calls pending; services have their invoices",
          "[omie]") {
  const Books books;
  std::map<std::int64_t, std::int64_t> awaited;
  for (const auto& row :
       books.all("/produtos/pedidocompra/", "PesquisarPedCompra", "nRegsPorPagina", R"("lExibirPedidosPendentes":"T")"))
    for (const auto& line : row.at("produtos_consulta").as_array())
      awaited[line.at("nCodProd").as_int64()] += line.at("nQtde").as_int64();
  for (const auto& product : books.company.products) CHECK(awaited[product.id] == product.pending);
  Cents done = 0, invoiced = 0;
  for (const auto& row : books.all("/servicos/os/", "ListarOS", "registros_por_pagina", R"("filtrar_por_status":"F")"))
    done += cents(row.at("Cabecalho").at("nValorTotal"));
  for (const auto& row : books.all("/servicos/nfse/", "ListarNFSEs", "nRegPorPagina"))
    invoiced += cents(row.at("Cabecalho").at("nValorNFSe"));
  CHECK(done > 0);
  CHECK(invoiced == done);
}

TEST_CASE("agreement: an order that is invoiced while it is looked at moves stock and is to be paid", "[omie]") {
  Books books;
  const auto& product = books.company.products.front();
  const auto before = product.on_hand;
  const auto titles = books.company.titles.size();
  const auto changed = record(change(tomada::json::read(R"({"pedidos":[{"etapa":"60","itens":[{"codigo_produto":)" +
                                                        std::to_string(product.id) + R"(,"quantidade":3}]}]})")
                                         ->get_object(),
                                     books.company));
  CHECK(product.on_hand == before - 3);
  CHECK(product.on_hand == product.on_hand_at(books.company.today));
  REQUIRE(books.company.titles.size() == titles + 1);
  CHECK(books.company.titles.back().order == changed.at("pedidos").at(0).as_int64());
  CHECK(books.company.titles.back().amount == 3 * product.price);
}
