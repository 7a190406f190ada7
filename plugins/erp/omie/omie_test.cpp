#include "omie/omie_source.hpp"
#include "omie/record.hpp"

#include <tomada/testing/fake_host.hpp>

#include <catch2/catch.hpp>

using namespace tomada::erp;
using tomada::erp::omie::OmieSource;
using tomada::sdk::HttpRequest;
using tomada::sdk::HttpResponse;
using tomada::testing::FakeHost;
namespace json = boost::json;

namespace {

constexpr const char* secret = "0123456789abcdef0123456789abcdef";
const Date today = Date::of(2026, 11, 21);

Settings settings() {
  Settings out;
  out.source = "omie";
  out.app_key = "123456789";
  out.app_secret = secret;
  return out;
}

Request asked(bool wants_fresh = false) { return {nullptr, today, wants_fresh, 1'792'000'000'000}; }

json::object question_of(const HttpRequest& request) {
  return json::parse(request.body).at("param").get_array().at(0).get_object();
}

// Two pages of a list in the call's dialect, by the page that was asked for.
FakeHost::Responder pages(std::string first, std::string second) {
  return [first, second](const HttpRequest& request) {
    const auto question = question_of(request);
    const auto* page = question.if_contains("pagina");
    if (!page) page = question.if_contains("nPagina");
    HttpResponse out;
    out.status = 200;
    out.body = *page == 1 ? first : second;
    out.read_at_ms = *page == 1 ? 1000 : 2000;
    out.age_ms = *page == 1 ? 40 : 7;
    out.refresh_in_ms = 30'000;
    return out;
  };
}

std::string customer(int id, const std::string& name, const std::string& tag) {
  json::object out{
      {"codigo_cliente_omie", id}, {"razao_social", name}, {"nome_fantasia", ""}, {"cnpj_cpf", "11.222.333/0001-81"}};
  out["cidade"] = "SOROCABA (SP)";
  out["estado"] = "SP";
  out["inativo"] = "N";
  out["telefone1_ddd"] = "11";
  out["telefone1_numero"] = "3000-3488";
  out["tags"] = json::array{json::object{{"tag", tag}}};
  return json::serialize(out);
}

std::string movement(int id, const std::string& due, const std::string& amount, const std::string& paid,
                     const std::string& open, const std::string& status) {
  return R"({"detalhes":{"nCodTitulo":)" + std::to_string(id) +
         R"(,"cNumTitulo":"NF 1","cNumParcela":"001/001","nCodCliente":2,"cCodCateg":"1.01.02",)" +
         R"("dDtEmissao":"01/10/2026","dDtVenc":")" + due + R"(","dDtPagamento":"","nValorTitulo":)" + amount +
         R"(,"cStatus":")" + status + R"("},"resumo":{"nValPago":)" + paid + R"(,"nValAberto":)" + open + "}}";
}

struct Bench {
  Bench() {
    host.answer("omie", "geral/clientes/",
                pages(R"({"pagina":1,"total_de_paginas":2,"registros":1,"total_de_registros":2,"clientes_cadastro":[)" +
                          customer(1, "ZETA", "Fornecedor") + "]}",
                      R"({"pagina":2,"total_de_paginas":2,"registros":1,"total_de_registros":2,"clientes_cadastro":[)" +
                          customer(2, "AURORA &amp; FILHOS", "Cliente") + "]}"));
    host.answer(
        "omie", "geral/categorias/",
        R"({"pagina":1,"total_de_paginas":1,"categoria_cadastro":[{"codigo":"1.01.02","descricao":"Vendas","conta_receita":"S","conta_despesa":"N"}]})");
  }
  void movements(const std::string& rows) {
    host.answer("omie", "financas/mf/",
                R"({"nPagina":1,"nTotPaginas":1,"nRegistros":3,"nTotRegistros":3,"movimentos":[)" + rows + "]}");
  }
  FakeHost host;
  OmieSource source{settings(), host.host()};
};

}  // namespace

TEST_CASE("omie: all pages are read before the filters apply, and the end is never passed", "[erp]") {
  Bench bench;
  PartnerQuery query;
  query.text = "aurora";
  const auto page = bench.source.partners(query, asked());
  REQUIRE(page.items.size() == 1);
  CHECK(page.total == 1);
  CHECK(page.items[0].id == "2");
  CHECK(page.items[0].name == "AURORA & FILHOS");
  CHECK(page.items[0].city == "SOROCABA");
  CHECK(page.items[0].phone == "(11) 3000-3488");
  CHECK(page.items[0].is_customer);
  CHECK_FALSE(page.items[0].is_supplier);
  CHECK(bench.host.requests.size() == 2);
  CHECK(page.as_of_ms == 1000);  // as old as its oldest page
  CHECK(page.age_ms == 40);
}

TEST_CASE("omie: a question carries the envelope, the account and a canonical key without credentials", "[erp]") {
  Bench bench;
  (void)bench.source.partners({}, asked(true));
  const auto& request = bench.host.requests.at(0);
  CHECK(request.method == "POST");
  CHECK(request.path == "geral/clientes/");
  CHECK(request.operation == "ListarClientes");
  CHECK(request.account == "123456789");
  CHECK(request.cache_key == R"({"pagina":1,"registros_por_pagina":500})");
  CHECK(request.is_idempotent);
  CHECK(request.wants_fresh);
  const auto body = json::parse(request.body).get_object();
  CHECK(body.at("call") == "ListarClientes");
  CHECK(body.at("app_secret") == secret);
  CHECK(body.at("param").get_array().size() == 1);
}

TEST_CASE("omie: the register of partners is read once in ten minutes, again when fresh is asked and possible",
          "[erp]") {
  Bench bench;
  (void)bench.source.partners({}, asked());
  bench.host.unix_ms += 20'000;
  const auto again = bench.source.partners({}, asked(true));  // Omie allows a new look in ten seconds only
  CHECK(bench.host.requests.size() == 2);
  CHECK(again.age_ms == 20'040);
  CHECK(again.refresh_in_ms == 10'000);
  bench.host.unix_ms += 10'000;
  (void)bench.source.partners({}, asked(true));
  CHECK(bench.host.requests.size() == 4);
}

TEST_CASE("omie: titles are exact, named, summed and sorted, with their status from amounts and day", "[erp]") {
  Bench bench;
  bench.movements(movement(11, "20/11/2026", "10000.10", "0", "10000.10", "ATRASADO") + "," +
                  movement(12, "25/11/2026", "500", "200.05", "299.95", "A VENCER") + "," +
                  movement(13, "01/11/2026", "7", "0", "7", "CANCELADO"));
  const auto page = bench.source.titles({}, asked());
  REQUIRE(page.items.size() == 3);
  CHECK(page.items[0].id == "13");
  CHECK(page.items[0].status == TitleStatus::cancelled);
  CHECK(page.items[0].open.text() == "0.00");
  CHECK(page.items[1].status == TitleStatus::overdue);
  CHECK(page.items[1].partner.name == "AURORA & FILHOS");
  CHECK(page.items[1].category == "Vendas");
  CHECK(page.items[1].amount.text() == "10000.10");
  CHECK(page.items[1].due_on == Date::of(2026, 11, 20));
  CHECK(page.items[2].status == TitleStatus::partial);
  CHECK(page.items[2].amount.text() == "500.00");
  CHECK(page.items[2].open.text() == "299.95");
  CHECK(page.amount.text() == "10507.10");
  CHECK(page.open.text() == "10300.05");
  CHECK(page.overdue.text() == "10000.10");
}

TEST_CASE("omie: what Omie can filter it filters, the rest happens here", "[erp]") {
  Bench bench;
  bench.movements(movement(11, "20/11/2026", "100", "0", "100", "ATRASADO"));
  TitleQuery query;
  query.direction = Direction::payable;
  query.status = TitleFilter::overdue;
  query.due_from = Date::of(2026, 1, 1);
  query.min_amount = tomada::sdk::Decimal::parse("100.01");
  CHECK(bench.source.titles(query, asked()).total == 0);
  const auto question = question_of(bench.host.requests.at(0));
  CHECK(question.at("cTpLancamento") == "CP");
  CHECK(question.at("cStatus") == "EMABERTO");
  CHECK(question.at("dDtVencDe") == "01/01/2026");
  CHECK(question.at("dDtVencAte") == "20/11/2026");
}

TEST_CASE("omie: no records, said as an error, is an empty list", "[erp]") {
  Bench bench;
  bench.host.answer(
      "omie", "financas/mf/",
      R"({"faultstring":"ERROR: Não existem registros para a página [1]!","faultcode":"SOAP-ENV:Client-5113"})", 500);
  const auto page = bench.source.titles({}, asked());
  CHECK(page.items.empty());
  CHECK(page.total == 0);
  CHECK(page.amount.text() == "0.00");
}

TEST_CASE("omie: every refusal names omie, says what it said and what to do, and shows in health", "[erp]") {
  struct Case {
    int status;
    std::string body, expected;
  };
  const auto [status, body, expected] = GENERATE(
      Case{403,
           R"({"faultstring":"A chave de acesso não está preenchida ou não é válida.","faultcode":"SOAP-ENV:Server"})",
           "app_secret"},
      Case{500, R"({"faultstring":"ERROR: Tag [X] não faz parte","faultcode":"SOAP-ENV:Client-5001"})", "report"},
      Case{200, R"({"faultstring":"ERROR: interno","faultcode":"SOAP-ENV:Client-1000"})", "interno"},
      Case{200, "<html>", "no data"}, Case{502, R"({"a":1})", "HTTP 502"},
      Case{0, "upstream.omie: omie has blocked ListarEmpresas (wait 1790 s)", "wait 1790 s"});
  Bench bench;
  bench.host.answer("omie", "geral/empresas/", body, status);
  CHECK(bench.source.health().at("status") == "healthy");
  try {
    (void)bench.source.connect(asked());
    FAIL("it must throw");
  } catch (const tomada::sdk::ToolError& error) {
    const std::string sentence = error.what();
    CHECK_THAT(sentence, Catch::Contains("omie") && Catch::Contains("ListarEmpresas") && Catch::Contains(expected));
    CHECK_THAT(sentence, !Catch::Contains(secret));
  }
  CHECK(bench.source.health().at("status") == "degraded");
}

TEST_CASE("omie: without credentials the plugin does not load, and says which are missing", "[erp]") {
  FakeHost host;
  auto incomplete = settings();
  incomplete.app_secret.clear();
  CHECK_THROWS_WITH((OmieSource{incomplete, host.host()}), Catch::Contains("app_secret"));
}

TEST_CASE("omie: HTML entities are read, other ampersands stay", "[erp]") {
  CHECK(omie::read_entities("&quot;A&quot; &amp; B &lt;C&gt; R&D &bogus;") == "\"A\" & B <C> R&D &bogus;");
}

TEST_CASE("omie: of very many pages the newest are read and the answer says so", "[erp]") {
  Bench bench;
  std::vector<std::int64_t> numbers;
  bench.host.answer("omie", "financas/mf/", [&numbers](const HttpRequest& request) {
    const auto page = question_of(request).at("nPagina").to_number<std::int64_t>();
    numbers.push_back(page);
    HttpResponse out;
    out.status = 200;
    out.body = R"({"nPagina":1,"nTotPaginas":100,"nRegistros":1,"nTotRegistros":100,"movimentos":[)" +
               movement(static_cast<int>(page), "20/11/2026", "1", "0", "1", "ATRASADO") + "]}";
    return out;
  });
  const auto page = bench.source.titles({}, asked());
  CHECK(page.is_truncated);
  CHECK(numbers.size() == 60);
  CHECK(numbers.back() == 100);
  CHECK(page.total == 59);
}
