// Lists that are too long to be read completely: what is told of them.
#include "omie/bench.hpp"
#include "tools/compat.hpp"
#include "tools/tools.hpp"

#include <catch2/catch.hpp>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;

namespace {

// A hundred pages of a hundred records each, one of them shown.
FakeHost::Responder hundred_pages(std::vector<std::int64_t>& asked_pages) {
  return [&asked_pages](const HttpRequest& request) {
    const auto page = question_of(request).at("nPagina").to_number<std::int64_t>();
    asked_pages.push_back(page);
    HttpResponse out;
    out.status = 200;
    out.body = R"({"nPagina":1,"nTotPaginas":100,"nRegistros":1,"nTotRegistros":100,"movimentos":[)" +
               movement(static_cast<int>(page), "20/11/2026", "1", "0", "1", "ATRASADO") + "]}";
    return out;
  };
}

}  // namespace

TEST_CASE("omie: of very many pages the newest are read, and every answer says partial with the numbers", "[erp]") {
  Bench bench;
  std::vector<std::int64_t> asked_pages;
  bench.host.answer("omie", "financas/mf/", hundred_pages(asked_pages));
  const auto partial = Catch::Contains("partial: the newest 59 of 100 records");
  SECTION("receivables") {
    const auto answer = tools::receivables(bench.source, {}, asked());
    CHECK(asked_pages.size() == 60);
    CHECK(asked_pages.back() == 100);
    CHECK_THAT(answer.text, partial && Catch::Contains("Narrow with status"));
    CHECK(answer.structured.at("total") == 59);
    CHECK(answer.structured.at("partial") == json::object{{"read", 59}, {"held", 100}});
    CHECK_THAT(answer.structured.at("next_step").as_string().c_str(), Catch::Contains("59 of 100"));
  }
  SECTION("cash position: both lists") {
    bench.host.answer("omie", "geral/contacorrente/", page_of("ListarContasCorrentes", 0, ""));
    const auto answer = tools::cash_position(bench.source, {}, asked());
    CHECK_THAT(answer.text, Catch::Contains("partial: the newest 118 of 200 records"));
    CHECK(answer.structured.at("partial") == json::object{{"read", 118}, {"held", 200}});
    CHECK(answer.structured.get_object().contains("next_step"));
  }
  SECTION("the predecessor's tool") {
    const auto answer = tools::compat::consultar_contas_receber(bench.source, {}, asked());
    CHECK_THAT(answer.structured_text, Catch::Contains("59 registros mais novos, de 100"));
  }
}

TEST_CASE("omie: a list that was read completely says nothing of partial", "[erp]") {
  Bench bench;
  bench.movements(movement(11, "20/11/2026", "1", "0", "1", "ATRASADO"));
  const auto answer = tools::receivables(bench.source, {}, asked());
  CHECK_THAT(answer.text, !Catch::Contains("partial"));
  CHECK_FALSE(answer.structured.get_object().contains("partial"));
}

TEST_CASE("omie: names looked for in a register that was not read completely make the answer partial", "[erp]") {
  Bare bare;
  bare.host.answer("omie", "geral/clientes/",
                   R"({"total_de_paginas":61,"total_de_registros":3000,"clientes_cadastro":[]})");
  bare.host.answer("omie", "geral/categorias/", page_of("categoria_cadastro", 0, ""));
  bare.host.answer("omie", "financas/mf/",
                   R"({"nTotPaginas":1,"nTotRegistros":1,"movimentos":[)" +
                       movement(11, "20/11/2026", "1", "0", "1", "ATRASADO") + "]}");
  TitleQuery query;
  CHECK_FALSE(bare.source.titles(query, asked()).is_truncated);  // all titles are there, some without a name
  query.partner = "aurora";
  CHECK(bare.source.titles(query, asked()).is_truncated);
  OrderQuery orders;
  orders.partner = "aurora";
  bare.host.answer(
      "omie", "produtos/pedido/",
      page_of(
          "pedido_venda_produto", 1,
          R"({"cabecalho":{"codigo_pedido":1},"infoCadastro":{"dInc":"01/11/2026"},"total_pedido":{"valor_total_pedido":1}})"));
  CHECK(bare.source.orders(orders, asked()).is_truncated);
}

namespace {

std::string titles_page(int total, std::initializer_list<int> ids) {
  std::string rows;
  for (const int id : ids) rows += (rows.empty() ? "" : ",") + movement(id, "20/11/2026", "10", "0", "10", "ATRASADO");
  return R"({"nPagina":1,"nTotPaginas":2,"nRegistros":2,"nTotRegistros":)" + std::to_string(total) +
         R"(,"movimentos":[)" + rows + "]}";
}

TitlePage all_titles(Source& source) {
  TitleQuery query;
  query.status = TitleFilter::all;
  return source.titles(query, asked());
}

}  // namespace

TEST_CASE("omie: what a list that moved while it was read says twice is counted once, and the answer is partial",
          "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", pages(titles_page(4, {11, 12}), titles_page(5, {12, 13})));
  const auto page = all_titles(bench.source);
  CHECK(page.total == 3);
  CHECK(page.amount.text() == "30.00");
  CHECK(page.is_truncated);
  CHECK(page.rows_read == 3);
  CHECK(page.rows_held == 5);
}

TEST_CASE("omie: a list that became shorter while it was read is partial, even when the numbers seem to fit", "[erp]") {
  Bench bench;  // 11 was deleted after the first page, so 13 moved to it and was never seen
  bench.host.answer("omie", "financas/mf/", pages(titles_page(4, {11, 12}), titles_page(3, {14})));
  const auto page = all_titles(bench.source);
  CHECK(page.is_truncated);
  CHECK(page.rows_read == 3);
  CHECK(page.rows_held == 4);
}
