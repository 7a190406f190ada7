#include "omie/bench.hpp"
#include "omie/record.hpp"

#include <catch2/catch.hpp>

using namespace tomada::erp;
using tomada::erp::omie::OmieSource;
using tomada::sdk::HttpRequest;
using tomada::sdk::HttpResponse;
using tomada::testing::FakeHost;
using namespace tomada::erp::omie::test;
namespace json = boost::json;

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
                      movement(13, "01/11/2026", "7", "0", "7", "CANCELADO"),
                  3);
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

TEST_CASE("omie: without credentials the plugin does not load, and says which are missing", "[erp]") {
  FakeHost host;
  auto incomplete = settings();
  incomplete.app_secret.clear();
  CHECK_THROWS_WITH((OmieSource{incomplete, host.host()}), Catch::Contains("app_secret"));
}

TEST_CASE("omie: HTML entities are read, other ampersands stay", "[erp]") {
  CHECK(omie::read_entities("&quot;A&quot; &amp; B &lt;C&gt; R&D &bogus;") == "\"A\" & B <C> R&D &bogus;");
}
