// Which questions reach Omie: few and broad ones, which searches share; narrow ones only where a list is long.
#include "omie/bench.hpp"
#include "tools/tools.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;

namespace {

std::set<std::string> questions(const FakeHost& host, std::string_view path) {
  std::set<std::string> out;
  for (const auto& request : host.requests)
    if (request.path == path) out.insert(request.cache_key);
  return out;
}

// A register of customers that is longer than one call may read: those of even ids are on its last pages.
struct LongRegister : Bare {
  LongRegister() {
    host.answer("omie", "geral/categorias/", page_of("categoria_cadastro", 0, ""));
    host.answer("omie", "geral/clientes/", [](const HttpRequest& request) {
      const auto question = question_of(request);
      HttpResponse out;
      out.status = 200;
      if (const auto* ids = question.if_contains("clientesPorCodigo"))
        out.body = page_of("clientes_cadastro", 1,
                           customer(static_cast<int>(ids->at(0).at("codigo_cliente_omie").to_number<std::int64_t>()),
                                    "LOOKED UP", "Cliente"));
      else if (question.contains("clientesFiltro"))
        out.body = page_of("clientes_cadastro", 1, customer(2, "AURORA SEARCHED", "Cliente"));
      else
        out.body =
            R"({"total_de_paginas":61,"total_de_registros":61,"clientes_cadastro":[)" +
            customer(1'000 + static_cast<int>(question.at("pagina").to_number<std::int64_t>()), "OTHER", "Cliente") +
            "]}";
      return out;
    });
  }
  void one_title() {
    host.answer("omie", "financas/mf/",
                R"({"nTotPaginas":1,"nTotRegistros":1,"movimentos":[)" +
                    movement(11, "20/11/2026", "1", "0", "1", "ATRASADO") + "]}");
  }
};

FakeHost::Responder long_list(int pages) {
  return [pages](const HttpRequest& request) {
    const bool is_narrow = question_of(request).contains("dDtVencDe") || question_of(request).contains("dDtVencAte");
    const auto count = std::to_string(is_narrow ? 1 : pages);
    HttpResponse out;
    out.status = 200;
    out.body = R"({"nTotPaginas":)" + count + R"(,"nTotRegistros":)" + count + R"(,"movimentos":[)" +
               movement(11, "20/11/2026", "1", "0", "1", "ATRASADO") + "]}";
    out.refresh_in_ms = 60'000;
    return out;
  };
}

}  // namespace

TEST_CASE("omie: fifty different searches of titles ask for three lists", "[erp]") {
  Bench bench;
  bench.movements(movement(11, "20/11/2026", "100", "0", "100", "ATRASADO"));
  for (int day = 0; day < 10; ++day)
    for (const auto status :
         {TitleFilter::open, TitleFilter::overdue, TitleFilter::due, TitleFilter::paid, TitleFilter::cancelled}) {
      TitleQuery query;
      query.status = status;
      query.due_from = today + day;
      query.partner = "nobody of this name";
      CHECK(bench.source.titles(query, asked()).total == 0);
    }
  CHECK(questions(bench.host, "financas/mf/") ==
        std::set<std::string>{R"({"cStatus":"EMABERTO","cTpLancamento":"CR","nPagina":1,"nRegPorPagina":500})",
                              R"({"cStatus":"LIQUIDADO","cTpLancamento":"CR","nPagina":1,"nRegPorPagina":500})",
                              R"({"cTpLancamento":"CR","nPagina":1,"nRegPorPagina":500})"});
}

TEST_CASE("omie: while a list of all titles is at hand, no other list is asked for", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", long_list(1));
  TitleQuery query;
  query.status = TitleFilter::all;
  CHECK(bench.source.titles(query, asked()).total == 1);
  query.status = TitleFilter::overdue;
  bench.host.unix_ms += 59'000;
  const auto overdue = bench.source.titles(query, asked());
  CHECK(overdue.total == 1);
  CHECK(overdue.age_ms == 59'000);
  CHECK(overdue.refresh_in_ms == 1'000);
  CHECK(questions(bench.host, "financas/mf/").size() == 1);
  bench.host.unix_ms += 1'000;
  (void)bench.source.titles(query, asked());
  CHECK(questions(bench.host, "financas/mf/").size() == 2);
}

TEST_CASE("omie: a long list of titles is narrowed by whole months", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "financas/mf/", long_list(13));
  TitleQuery query;
  query.due_from = Date::of(2026, 11, 3);
  query.due_to = Date::of(2026, 11, 20);
  const auto page = bench.source.titles(query, asked());
  CHECK(page.total == 1);
  CHECK_FALSE(page.is_truncated);
  const auto asked_for = questions(bench.host, "financas/mf/");
  CHECK(asked_for.size() == 2);  // the first page of the broad one told how long it is
  CHECK(
      asked_for.count(
          R"({"cTpLancamento":"CR","dDtVencAte":"30/11/2026","dDtVencDe":"01/11/2026","nPagina":1,"nRegPorPagina":500})") ==
      1);
}

TEST_CASE("omie: different searches of orders ask for one list", "[erp]") {
  Bench bench;
  bench.host.answer("omie", "produtos/pedido/", page_of("pedido_venda_produto", 0, ""));
  for (int number = 1; number <= 20; ++number) {
    OrderQuery query;
    query.number = std::to_string(number);
    query.from = today - number;
    query.status = OrderStatus::cancelled;
    CHECK(bench.source.orders(query, asked()).total == 0);
  }
  CHECK(questions(bench.host, "produtos/pedido/").size() == 1);
}

TEST_CASE("omie: names missing in a register that is too long are looked up by their ids", "[erp]") {
  LongRegister bench;
  bench.one_title();
  const auto page = bench.source.titles({}, asked());
  REQUIRE(page.items.size() == 1);
  CHECK(page.items[0].partner.name == "LOOKED UP");
  CHECK_FALSE(page.is_truncated);
}

TEST_CASE("omie: a name that is looked for in a register that is too long is looked for by Omie, too", "[erp]") {
  LongRegister bench;
  bench.one_title();
  TitleQuery query;
  query.partner = "aurora";
  const auto page = bench.source.titles(query, asked());
  REQUIRE(page.items.size() == 1);
  CHECK(page.items[0].partner.name == "AURORA SEARCHED");
  CHECK(page.is_truncated);  // trade names beyond what was read are not known

  PartnerQuery partners;
  partners.text = "aurora";
  const auto found = bench.source.partners(partners, asked());
  REQUIRE(found.items.size() == 1);
  CHECK(found.items[0].id == "2");
  CHECK(found.is_truncated);
  partners.text = "11.222.333/0001-81";
  CHECK_FALSE(bench.source.partners(partners, asked()).is_truncated);
  CHECK(questions(bench.host, "geral/clientes/")
            .count(R"({"clientesFiltro":{"cnpj_cpf":"11222333000181"},"pagina":1,"registros_por_pagina":500})") == 1);
}

TEST_CASE("omie: advice to narrow names only what reaches Omie", "[erp]") {
  LongRegister bench;
  bench.one_title();
  const auto by_name = tools::receivables(bench.source, {{"partner", "aurora"}}, asked());
  CHECK_THAT(by_name.structured.at("next_step").as_string().c_str(),
             Catch::Contains("CNPJ") && !Catch::Contains("Narrow"));
  const auto partners = tools::partners(bench.source, {}, asked());
  CHECK_THAT(partners.structured.at("next_step").as_string().c_str(),
             Catch::Contains("Narrow with query") && !Catch::Contains("city"));
  LongRegister other;
  other.host.answer("omie", "financas/mf/", long_list(100));
  const auto titles = tools::receivables(other.source, {}, asked());
  CHECK_THAT(titles.structured.at("next_step").as_string().c_str(),
             Catch::Contains("due_from or due_to") && !Catch::Contains("min_amount"));
}
