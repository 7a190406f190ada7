// What a model reads when Omie, or the way to it, does not answer with data.
#include "omie/fault.hpp"

#include "omie/bench.hpp"

#include <catch2/catch.hpp>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;

namespace {

std::string refusal_of(const std::string& code, const std::string& text) {
  return omie::refusal("ListarEmpresas", {code, text}).what();
}

std::string no_answer(const std::string& sentence_of_the_host) {
  HttpResponse response;
  response.body = sentence_of_the_host;
  return omie::no_answer("ListarEmpresas", response).what();
}

}  // namespace

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

TEST_CASE("omie: what the host says of a question is told once, without its prefix", "[erp]") {
  CHECK(no_answer("upstream.omie: omie refuses the same question asked again so soon (ListarEmpresas). (try again in "
                  "41 s)") ==
        "omie refuses the same question asked again so soon (ListarEmpresas); try again in 41 s.");
  CHECK(no_answer("upstream.omie: omie could not be asked for ListarEmpresas: it cut the connection.") ==
        "omie could not be asked for ListarEmpresas: it cut the connection.");
  CHECK(no_answer("the request failed") == "omie, ListarEmpresas: the request failed.");
}

TEST_CASE("omie: every fault has its own next step", "[erp]") {
  CHECK_THAT(refusal_of("SOAP-ENV:Client-1880", "ERROR: Já existe uma requisição desse método."),
             Catch::Contains("in ten seconds") && !Catch::Contains(".."));
  CHECK_THAT(refusal_of("SOAP-ENV:Client-8020", "ERROR: Esta requisição já foi processada"),
             Catch::Contains("in a minute"));
  CHECK_THAT(refusal_of("SOAP-ENV:Client-500", "ERROR: API bloqueada por consumo indevido."),
             Catch::Contains("half an hour"));
  CHECK_THAT(refusal_of("", "ERROR: Erro interno"), Catch::Contains("failed inside") && Catch::Contains("in a minute"));
  CHECK_THAT(refusal_of("", "ERROR: Method \"ListarEmpresas\" not exists"), Catch::Contains("report"));
  CHECK_THAT(refusal_of("", "ERROR: Invalid JSON Object"), Catch::Contains("report"));
  CHECK_THAT(refusal_of("SOAP-ENV:Client-71", "ERROR: Nenhum parâmetro"), Catch::Contains("report"));
}
