#include "omie/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;
namespace json = boost::json;

namespace {

constexpr const char* key = "T0123456789abcdef012";

Title bill() {
  Title out;
  out.direction = Direction::payable;
  out.partner.id = "5951279344";
  out.category_code = "2.01.04";
  out.issued_on = Date::of(2026, 11, 21);
  out.due_on = Date::of(2026, 12, 5);
  out.amount = Decimal::parse("90071992547409.93");  // no binary number
  return out;
}

std::string fault(const std::string& code, const std::string& text) {
  return json::serialize(json::object{{"faultcode", code}, {"faultstring", "ERROR: " + text}});
}

struct Counter : Bare {
  void says(const std::string& body, int status = 200) { host.answer("omie", "financas/contapagar/", body, status); }
  Booking book() { return source.create_title(bill(), key, asked()); }
};

}  // namespace

TEST_CASE("omie writes: a title travels once, with its key, its digits and never as something to repeat", "[erp]") {
  Counter omie;
  omie.says(R"({"codigo_lancamento_omie":1344090316,"codigo_status":"0","descricao_status":"ok"})");
  const auto booking = omie.book();
  CHECK(booking.id == "1344090316");
  CHECK_FALSE(booking.was_there);
  REQUIRE(omie.host.requests.size() == 1);
  const auto& request = omie.host.requests[0];
  CHECK(request.operation == "IncluirContaPagar");
  CHECK_FALSE(request.is_idempotent);
  CHECK(request.cache_key.empty());
  CHECK(request.body.find("\"valor_documento\":90071992547409.93}") != std::string::npos);
  const auto sent = question_of(request);
  CHECK(sent.at("codigo_lancamento_integracao") == key);
  CHECK(sent.at("data_vencimento") == "05/12/2026");
  CHECK(sent.at("codigo_cliente_fornecedor") == 5951279344);
}

TEST_CASE("omie writes: what is there under the key is the earlier one; under another key it is in the way", "[erp]") {
  Counter omie;
  const std::string there = "Lançamento já cadastrado com o Id [77] e código de integração [";
  omie.says(fault("SOAP-ENV:Client-102", there + key + "] !"), 500);
  omie.says(fault("SOAP-ENV:Client-102", there + "other] !"), 500);
  const auto earlier = omie.book();
  CHECK(earlier.id == "77");
  CHECK(earlier.was_there);
  CHECK_THROWS_WITH(omie.book(), Catch::Contains("já cadastrado"));
}

TEST_CASE("omie writes: what is not known to be done or undone is said to be so", "[erp]") {
  const auto [body, status] = GENERATE(table<std::string, int>({
      {"<html>502</html>", 502},
      {R"({"codigo_lancamento_omie":13)", 200},
      {R"({"descricao_status":"ok"})", 200},
      {R"({"faultstring":"ERROR: Esta requisição já foi processada","faultcode":"SOAP-ENV:Client-8020"})", 500},
      {"the upstream \"omie\" did not answer in time", 0},
  }));
  Counter omie;
  omie.says(body, status);
  CHECK_THROWS_AS(omie.book(), Unsettled);
}

TEST_CASE("omie writes: a refusal is Omie's sentence", "[erp]") {
  Counter omie;
  omie.says(R"({"codigo_status":"103","descricao_status":"Conta encerrada"})");
  omie.says(fault("SOAP-ENV:Client-832", "Categoria não cadastrada para o Código [9] !"), 500);
  for (const auto* words : {"Conta encerrada", "Categoria"}) {
    try {
      (void)omie.book();
      FAIL("it was refused");
    } catch (const Unsettled&) {
      FAIL("it is known not to be done");
    } catch (const tomada::sdk::ToolError& error) {
      CHECK(std::string{error.what()}.find(words) != std::string::npos);
    }
  }
}

TEST_CASE("omie writes: afterwards lists are read anew, with a question that Omie does not take for the same",
          "[erp]") {
  Bench bench;
  const auto list = R"({"nPagina":1,"nTotPaginas":1,"nRegistros":1,"nTotRegistros":1,"movimentos":[)" +
                    movement(11, "20/11/2026", "10", "0", "10", "A VENCER") + "]}";
  bench.host.answer("omie", "financas/mf/", pages(list, list));  // a new look is possible in 30 seconds
  TitleQuery query;
  query.direction = Direction::payable;
  (void)bench.source.titles(query, asked());
  const auto before = bench.host.requests.size();
  (void)bench.source.titles(query, asked());
  CHECK(bench.host.requests.size() == before);
  bench.host.answer("omie", "financas/contapagar/", R"({"codigo_lancamento_omie":12,"codigo_status":"0"})");
  (void)bench.source.create_title(bill(), key, asked());
  (void)bench.source.titles(query, asked());
  const auto& last = bench.host.requests.back();
  CHECK(last.operation == "ListarMovimentos");
  CHECK(question_of(last).at("nRegPorPagina") == 499);
}
