// How fresh an answer from Omie is, and that nothing is asked for nobody.
#include "omie/bench.hpp"
#include "tools/tools.hpp"

#include <catch2/catch.hpp>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;

namespace {

HttpResponse answered(std::string body, std::int64_t read_at_ms, std::int64_t refresh_in_ms) {
  HttpResponse out;
  out.status = 200;
  out.body = std::move(body);
  out.read_at_ms = read_at_ms;
  out.refresh_in_ms = refresh_in_ms;
  return out;
}

}  // namespace

TEST_CASE("omie: a copy says that it is one, when it was read and when a new look is possible", "[erp]") {
  Bare bare;
  bare.host.answer("omie", "geral/categorias/", [&](const HttpRequest&) {
    bare.host.unix_ms += 800;  // Omie takes its time
    return answered(page_of("categoria_cadastro", 0, ""), bare.host.unix_ms, 60'000);
  });
  const auto live = tools::categories(bare.source, {}, asked());
  bare.host.unix_ms += 1'000;
  const auto again = tools::categories(bare.source, {{"fresh", true}}, asked(true));
  CHECK(bare.host.requests.size() == 1);
  CHECK_FALSE(live.is_copy);
  CHECK(again.is_copy);
  CHECK(again.read_at_ms == live.read_at_ms);
  CHECK(again.age_ms == 1'000);
  CHECK(again.refresh_in_ms == 59'000);
  CHECK(again.structured.at("as_of") == live.structured.at("as_of"));
}

TEST_CASE("omie: an answer made of what the host kept is a copy too", "[erp]") {
  Bare bare;
  bare.host.answer("omie", "geral/categorias/", [](const HttpRequest&) {
    auto out = answered(page_of("categoria_cadastro", 0, ""), 1'000, 0);
    out.is_shared = true;
    return out;
  });
  const auto answer = tools::categories(bare.source, {}, asked());
  CHECK(answer.is_copy);
  CHECK(answer.read_at_ms == 1'000);
}

TEST_CASE("omie: when the caller leaves between two pages, no further page is asked", "[erp]") {
  Bench bench;
  struct Leaving : tomada_call {
    bool has_left = false;
  } call{};
  call.size = sizeof(tomada_call);
  call.cancelled = [](const tomada_call* raw) { return static_cast<const Leaving*>(raw)->has_left; };
  call.progress = [](tomada_call*, double, double, tomada_text) {};
  bench.host.answer("omie", "geral/departamentos/", [&call](const HttpRequest& request) {
    call.has_left = question_of(request).at("pagina") == 3;
    HttpResponse out;
    out.status = 200;
    out.body = R"({"pagina":1,"total_de_paginas":12,"total_de_registros":12,"departamentos":[{}]})";
    return out;
  });
  const tomada::sdk::Call caller{call};
  auto request = asked();
  request.call = &caller;
  CHECK_THROWS_AS(bench.source.departments({}, request), tomada::sdk::Cancelled);
  CHECK(bench.host.requests.size() == 3);
}

TEST_CASE("omie: what nobody waits for is asked again until it has come", "[erp]") {
  Bare omie;
  int asked = 0;
  omie.host.answer("omie", "geral/contacorrente/", [&](const HttpRequest& request) {
    HttpResponse out;
    CHECK(request.timeout_ms == 2'000);
    omie.host.steady_ms += request.timeout_ms;
    if (++asked < 4) return out;
    out.status = 200;
    out.body = page_of("ListarContasCorrentes", 0, "");
    return out;
  });
  auto aside = tomada::erp::omie::test::asked();
  aside.is_background = true;
  CHECK(omie.source.balances(aside).accounts.empty());
  CHECK(asked == 4);
}
