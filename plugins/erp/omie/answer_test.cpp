// What is concluded from an answer that lacks something: nothing.
#include "omie/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;

namespace {

const std::string nothing_there =
    R"({"faultstring":"ERROR: Não existem registros para a página [2]!","faultcode":"SOAP-ENV:Client-5113"})";

HttpResponse answered(std::string body, int status = 200) {
  HttpResponse out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

std::string without(std::string row, const std::string& part) {
  const auto at = row.find(part);
  REQUIRE(at != std::string::npos);
  return row.erase(at, part.size());
}

std::string replaced(std::string row, const std::string& part, const std::string& by) {
  const auto at = row.find(part);
  REQUIRE(at != std::string::npos);
  return row.replace(at, part.size(), by);
}

std::string numbered(int id) { return movement(id, "20/11/2026", "100.50", "0", "100.50", "ATRASADO"); }
const std::string good_row = numbered(11);

std::string order_row(const std::string& date, const std::string& total) {
  return R"({"cabecalho":{"codigo_pedido":7,"codigo_cliente":2},"infoCadastro":{"dInc":")" + date +
         R"("},"total_pedido":{)" + total + "}}";
}

}  // namespace

TEST_CASE("omie: an answer without its list or its counters is an error that names call and field, never nothing",
          "[erp]") {
  const auto [body, field] = GENERATE(table<const char*, const char*>(
      {{"{}", "nTotPaginas"},
       {R"({"nPagina":1,"nTotPaginas":1,"nRegistros":3,"nTotRegistros":3})", "movimentos"},
       {R"({"nPagina":1,"nTotPaginas":3,"nTotRegistros":250,"movimentos":null})", "movimentos"},
       {R"({"nPagina":1,"nTotPaginas":1,"movimentos":[]})", "nTotRegistros"},
       {R"({"nPagina":1,"nTotPaginas":"many","nTotRegistros":0,"movimentos":[]})", "nTotPaginas"}}));
  Bench bench;
  bench.host.answer("omie", "financas/mf/", body);
  CHECK_THROWS_WITH(bench.source.titles({}, asked()), Catch::Contains("ListarMovimentos") && Catch::Contains(field));
  CHECK(bench.source.health().at("status") == "degraded");
}

TEST_CASE("omie: that a list is empty is believed when its counters say so", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", R"({"nPagina":1,"nTotPaginas":0,"nRegistros":0,"nTotRegistros":0})");
  const auto page = bench.source.titles({}, asked());
  CHECK(page.total == 0);
  CHECK_FALSE(page.is_truncated);
}

TEST_CASE("omie: a page that is missing behind the first makes the answer partial, with the numbers", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", [](const HttpRequest& request) {
    if (question_of(request).at("nPagina") != 1) return answered(nothing_there, 500);
    return answered(R"({"nPagina":1,"nTotPaginas":3,"nTotRegistros":3,"movimentos":[)" + good_row + "]}");
  });
  const auto page = bench.source.titles({}, asked());
  CHECK(page.total == 1);
  CHECK(page.is_truncated);
  CHECK(page.rows_read == 1);
  CHECK(page.rows_held == 3);
  const auto is_of_titles = [](const HttpRequest& request) { return request.path == "financas/mf/"; };
  CHECK(std::ranges::count_if(bench.host.requests, is_of_titles) == 2);  // none behind the missing one
}

TEST_CASE("omie: fewer records than the list says to hold are partial", "[erp]") {
  Bench bench;
  bench.movements(good_row, 250);
  const auto page = bench.source.titles({}, asked());
  CHECK(page.is_truncated);
  CHECK(page.rows_read == 1);
  CHECK(page.rows_held == 250);
}

TEST_CASE("omie: a list that grew while it was read is whole", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", [](const HttpRequest& request) {
    const bool is_first = question_of(request).at("nPagina") == 1;
    return answered(R"({"nTotPaginas":2,"nTotRegistros":)" + std::string{is_first ? "2" : "3"} + R"(,"movimentos":[)" +
                    (is_first ? good_row : numbered(12) + "," + numbered(13)) + "]}");
  });
  const auto page = bench.source.titles({}, asked());
  CHECK(page.total == 3);
  CHECK_FALSE(page.is_truncated);
}

TEST_CASE("omie: an amount or a date that is missing or unreadable is told with call, field and record", "[erp]") {
  const auto row = GENERATE(
      std::pair{replaced(good_row, R"("nValAberto":100.50)", R"("nValAberto":"100,50")"), std::string{"nValAberto"}},
      std::pair{without(good_row, R"(,"resumo":{"nValPago":0,"nValAberto":100.50})"), std::string{"nValPago"}},
      std::pair{without(good_row, R"(,"nValAberto":100.50)"), std::string{"nValAberto"}},
      std::pair{without(good_row, R"(,"nValorTitulo":100.50)"), std::string{"nValorTitulo"}},
      std::pair{replaced(good_row, "20/11/2026", ""), std::string{"dDtVenc"}},
      std::pair{replaced(good_row, "20/11/2026", "31/02/2026"), std::string{"dDtVenc"}},
      std::pair{replaced(good_row, "01/10/2026", ""), std::string{"dDtEmissao"}});
  Bench bench;
  bench.movements(row.first);
  CHECK_THROWS_WITH(bench.source.titles({}, asked()), Catch::Contains("ListarMovimentos") &&
                                                          Catch::Contains(row.second) &&
                                                          Catch::Contains("nCodTitulo 11"));
}

TEST_CASE("omie: a title is paid when Omie says so, not when it says nothing", "[erp]") {
  Bench bench;
  const auto settled =
      replaced(movement(12, "01/11/2026", "100", "98", "0", "PAGO"), R"("resumo":{)", R"("resumo":{"cLiquidado":"S",)");
  const auto part = replaced(movement(13, "01/11/2026", "100", "50", "50", "PAGO"), R"("resumo":{)",
                             R"("resumo":{"cLiquidado":"N",)");
  bench.movements(settled + "," + part, 2);
  const auto page = bench.source.titles({}, asked());
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].status == TitleStatus::paid);
  CHECK(page.items[1].status == TitleStatus::overdue);
  CHECK(page.open.text() == "50.00");
}

TEST_CASE("omie: an order without its total or its date, a product without its price are errors", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "produtos/pedido/", page_of("pedido_venda_produto", 1, order_row("01/11/2026", "")));
  CHECK_THROWS_WITH(bench.source.orders({}, asked()), Catch::Contains("ListarPedidos") &&
                                                          Catch::Contains("valor_total_pedido is missing") &&
                                                          Catch::Contains("codigo_pedido 7"));
  Bench other;
  other.host.answer("omie", "produtos/pedido/",
                    page_of("pedido_venda_produto", 1, order_row("", R"("valor_total_pedido":1)")));
  CHECK_THROWS_WITH(other.source.orders({}, asked()), Catch::Contains("dInc is missing"));
  Bench third;
  third.host.answer("omie", "geral/produtos/",
                    page_of("produto_servico_cadastro", 1, R"({"codigo_produto":5,"valor_unitario":"abc"})"));
  CHECK_THROWS_WITH(third.source.products({}, asked()),
                    Catch::Contains("ListarProdutos") && Catch::Contains("valor_unitario is no number: \"abc\""));
}

TEST_CASE("omie: a statement without its balance is an error, never 0", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "geral/contacorrente/",
                    page_of("ListarContasCorrentes", 1, R"({"nCodCC":9,"descricao":"Caixinha"})"));
  const auto body = GENERATE(as<std::string>{}, "{}", R"({"nCodCC":9,"listaMovimentos":[]})", nothing_there);
  bench.host.answer("omie", "financas/extrato/", body);
  CHECK_THROWS_WITH(bench.source.cash_position(asked()),
                    Catch::Contains("ListarExtrato") && Catch::Contains("nSaldoAtual"));
}

TEST_CASE("omie: a connection test that is answered with nothing fails", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "geral/empresas/", "{}");
  CHECK_THROWS_WITH(bench.source.connect(asked()), Catch::Contains("ListarEmpresas"));
}
