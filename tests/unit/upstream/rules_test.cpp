#include "core/upstream/omie_rules.hpp"
#include "core/upstream/plain_rules.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace tomada::upstream;
using tomada::Milliseconds;
using tomada::WallTime;

namespace {

Request question() {
  Request out;
  out.upstream = "omie";
  out.method = "ListarClientes";
  out.body = "{\"app_secret\":\"geheim\"}";
  return out;
}

Response answer(int status, std::string body) {
  Response out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

Judgement omie(int status, std::string body) { return judge_omie(question(), answer(status, std::move(body))); }

Judgement fault(int status, const std::string& code, const std::string& text) {
  return omie(status, "{\"faultstring\":\"" + text + "\",\"faultcode\":\"" + code + "\"}");
}

}  // namespace

TEST_CASE("omie: data is kept and is no failure", "[upstream]") {
  const auto judgement = omie(200, R"({"pagina":1,"clientes_cadastro":[]})");
  CHECK_FALSE(judgement.is_failure);
  CHECK(judgement.may_keep);
  CHECK(judgement.problem.empty());
}

TEST_CASE("omie: an answer without the list or the counters of the page that was asked for is not kept", "[upstream]") {
  auto asked = question();
  asked.cache_key = R"({"pagina":1,"registros_por_pagina":500})";
  for (const char* body : {"{}", R"({"pagina":1,"total_de_paginas":3,"total_de_registros":250})",
                           R"({"total_de_paginas":3,"clientes_cadastro":null})", R"({"clientes_cadastro":[]})"}) {
    INFO(body);
    const auto judgement = judge_omie(asked, answer(200, body));
    CHECK(judgement.is_failure);
    CHECK(judgement.is_outage);
    CHECK(judgement.was_accepted);
    CHECK_FALSE(judgement.may_keep);
    CHECK_FALSE(judgement.may_retry);
  }
  for (const char* body : {R"({"total_de_paginas":1,"total_de_registros":1,"clientes_cadastro":[{}]})",
                           R"({"total_de_paginas":0,"total_de_registros":0})",
                           R"({"nTotPaginas":1,"nTotRegistros":1,"movimentos":[{}]})"}) {
    INFO(body);
    CHECK(judge_omie(asked, answer(200, body)).may_keep);
  }
}

TEST_CASE("omie: what is no data is called what it is", "[upstream]") {
  CHECK_THAT(omie(200, "[]").problem, Catch::Contains("JSON that is no answer"));
  CHECK_THAT(omie(418, "SOAP-ERROR: Internal Error [PBB]").problem,
             Catch::Contains("a text that is no JSON") && Catch::Contains("HTTP 418"));
  CHECK_THAT(omie(200, "{\"pagina\":1,").problem, Catch::Contains("broken JSON"));
  CHECK_THAT(omie(502, "<html><body>nginx").problem, Catch::Contains("a web page"));
  CHECK_THAT(omie(200, " \n").problem, Catch::Contains("an empty body"));
}

TEST_CASE("omie: a fault is found whatever the status", "[upstream]") {
  for (const int status : {200, 403, 500}) {
    const auto judgement = fault(status, "SOAP-ENV:Client-1000", "ERROR: Tag obrigatória");
    CHECK(judgement.is_failure);
    CHECK_FALSE(judgement.is_outage);
    CHECK_FALSE(judgement.may_keep);
    CHECK_FALSE(judgement.may_retry);
    CHECK(judgement.problem.empty());  // the connector tells what it means
    CHECK(judgement.code == "SOAP-ENV:Client-1000");
  }
}

TEST_CASE("omie: a redundant question waits one second more than Omie says, alone", "[upstream]") {
  const auto judgement =
      fault(500, "SOAP-ENV:Client-6",
            "ERROR: Consumo redundante detectado. Aguarde 41 segundos para tentar novamente (REDUNDANT).");
  REQUIRE(judgement.wait);
  CHECK(*judgement.wait == 42s);
  CHECK(judgement.is_wait_for_this_request);
  CHECK(judgement.may_retry);
  CHECK_FALSE(judgement.may_keep);
}

TEST_CASE("omie: a block is honoured for as long as its text says, or half an hour", "[upstream]") {
  const auto said =
      fault(425, "MISUSE_API_PROCESS", "ERROR: API bloqueada por consumo indevido. Tente novamente em 1789 segundos.");
  REQUIRE(said.block);
  CHECK(*said.block == 1790s);
  CHECK_FALSE(said.may_retry);
  CHECK(said.next_step.find("1790 s") != std::string::npos);
  const auto unsaid = omie(425, "");
  REQUIRE(unsaid.block);
  CHECK(*unsaid.block > 29min);
  CHECK(fault(500, "SOAP-ENV:Client-500", "ERROR: API bloqueada por consumo indevido.").block);
}

TEST_CASE("omie: the same method running elsewhere is waited for and tried again", "[upstream]") {
  const auto judgement =
      fault(500, "SOAP-ENV:Client-1880", "ERROR: Já existe uma requisição desse método sendo executada");
  REQUIRE(judgement.wait);
  CHECK_FALSE(judgement.is_wait_for_this_request);
  CHECK(judgement.may_retry);
}

TEST_CASE("omie: too many requests hold the method", "[upstream]") {
  const auto judgement = omie(429, "Too many requests");
  CHECK(judgement.wait);
  CHECK(judgement.may_retry);
  CHECK_FALSE(judgement.is_outage);
}

TEST_CASE("omie: no records and not found are kept for the window and never retried", "[upstream]") {
  for (const auto* code : {"SOAP-ENV:Client-5113", "SOAP-ENV:Client-103"}) {
    const auto judgement = fault(500, code, "ERROR: Não existem registros");
    CHECK(judgement.is_failure);
    CHECK(judgement.may_keep);
    CHECK_FALSE(judgement.may_retry);
    CHECK_FALSE(judgement.is_outage);
  }
}

TEST_CASE("omie: what is no JSON is an outage told in words, without the request", "[upstream]") {
  for (const auto& [status, body] :
       std::vector<std::pair<int, std::string>>{{502, "<html><body>Bad Gateway</body></html>"},
                                                {200, "{\"pagina\":1,\"cl"},
                                                {200, ""},
                                                {500, "SOAP-ERROR: Internal Error [PBB]"}}) {
    const auto judgement = omie(status, body);
    INFO(status << body);
    CHECK(judgement.is_outage);
    CHECK_FALSE(judgement.may_retry);  // it may have been accepted
    CHECK(judgement.was_accepted);
    CHECK_FALSE(judgement.may_keep);
    CHECK(judgement.problem.find("omie") != std::string::npos);
    CHECK(judgement.problem.find("geheim") == std::string::npos);
    CHECK_FALSE(judgement.next_step.empty());
  }
}

TEST_CASE("omie: its limits are filled in where the configuration leaves them open", "[upstream]") {
  UpstreamOptions options;
  options.methods["ListarPedidos"].max_concurrent = 2;
  fill_in_omie_limits(options);
  CHECK(options.per_minute == 240);
  CHECK(options.per_minute_total == 960);
  CHECK(options.response_window == 60s);
  CHECK(options.methods["ListarPedidos"].max_concurrent == 2);
  CHECK(options.methods["ListarMovimentos"].max_concurrent == 1);
}

TEST_CASE("plain: Retry-After is read as seconds and as a date", "[upstream]") {
  auto response = answer(503, "");
  const WallTime now{std::chrono::seconds{1'792'000'000}};  // 2026-10-14T17:46:40Z
  response.headers = {{"retry-after", "7"}};
  CHECK(retry_after(response, now) == Milliseconds{7'000});
  response.headers = {{"retry-after", "Wed, 14 Oct 2026 17:47:00 GMT"}};
  CHECK(retry_after(response, now) == Milliseconds{20'000});
  response.headers = {{"retry-after", "soon"}};
  CHECK_FALSE(retry_after(response, now));
}

TEST_CASE("plain: server errors are outages, client errors are the caller's, neither is kept", "[upstream]") {
  const auto judge = [](int status) { return judge_plain(question(), answer(status, ""), WallTime{}); };
  CHECK(judge(200).may_keep);
  CHECK_FALSE(judge(404).is_outage);
  CHECK_FALSE(judge(404).may_keep);
  CHECK_FALSE(judge(404).may_retry);
  CHECK(judge(500).is_outage);
  CHECK_FALSE(judge(500).may_retry);
  CHECK(judge(502).may_retry);
  CHECK(judge(429).wait);
  CHECK(judge(503).may_retry);
}
