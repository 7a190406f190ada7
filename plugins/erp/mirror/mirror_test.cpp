#include "mirror/bench.hpp"
#include "omie/bench.hpp"

#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

using namespace tomada::erp;
using Catch::Contains;
using tomada::erp::mirror::test::Folder;
using tomada::erp::omie::test::customer;
using tomada::erp::omie::test::movement;
using tomada::erp::omie::test::page_of;
using tomada::erp::omie::test::secret;
namespace testing = tomada::testing;

namespace {

struct OmiePlugin {
  OmiePlugin() {
    host.folder = folder.path();
    host.config = {{"source", "omie"}, {"upstream", "omie"}, {"app_key", "123456789"}, {"app_secret", secret}};
    host.answer("omie", "financas/mf/",
                R"({"nPagina":1,"nTotPaginas":1,"nRegistros":1,"nTotRegistros":1,"movimentos":[)" +
                    movement(7, "20/11/2026", "100.50", "0", "100.50", "A VENCER") + "]}");
    host.answer("omie", "geral/clientes/", page_of("clientes_cadastro", 1, customer(2, "AURORA", "Cliente")));
    host.answer("omie", "produtos/pedido/", page_of("pedido_venda_produto", 0, ""));
    host.answer("omie", "geral/contacorrente/", page_of("ListarContasCorrentes", 0, ""));
  }

  Folder folder;
  testing::FakeHost host;
};

}  // namespace

TEST_CASE("mirror: who must wait for the copy does so as a task, who need not does not", "[erp]") {
  OmiePlugin omie;
  const testing::Plugin plugin{omie.host};
  testing::CallOptions options;
  options.knows_tasks = true;
  const auto cold = plugin.run("erp_ageing", {}, options);
  REQUIRE(cold.is_result());
  CHECK(cold.is_task);
  CHECK(cold.structured.at("summary").at("open") == "100.50");
  CHECK(cold.structured.at("items").at(0).at("partner") == "AURORA");
  const auto warm = plugin.run("erp_ageing", {}, options);
  REQUIRE(warm.is_result());
  CHECK_FALSE(warm.is_task);
  CHECK(warm.is_copy);
  CHECK(warm.structured == cold.structured);
}

TEST_CASE("mirror: all that is asked for a copy stands aside for others", "[erp]") {
  OmiePlugin omie;
  {
    const testing::Plugin plugin{omie.host};
    REQUIRE(plugin.run("erp_ageing").is_result());
  }
  REQUIRE(omie.host.requests.size() > 5);
  for (const auto& request : omie.host.requests) CHECK(request.is_background);
}

TEST_CASE("mirror: without a folder, or when it is not wanted, the lists are read", "[erp]") {
  OmiePlugin omie;
  SECTION("there is no folder") { omie.host.folder.clear(); }
  SECTION("the folder cannot be written") { omie.host.folder = omie.folder.path() + "/is/not/there"; }
  SECTION("the configuration says no") { omie.host.config["mirror"] = false; }
  const testing::Plugin plugin{omie.host};
  const auto answer = plugin.run("erp_ageing");
  REQUIRE(answer.is_result());
  CHECK(answer.structured.at("summary").at("open") == "100.50");
  for (const auto& request : omie.host.requests) CHECK_FALSE(request.is_background);
}

TEST_CASE("mirror: a copy that is too old is refreshed first, and tells when that fails", "[erp]") {
  OmiePlugin omie;
  testing::Outcome before;
  {
    const testing::Plugin plugin{omie.host};
    before = plugin.run("erp_ageing");
    REQUIRE(before.is_result());
    CHECK_FALSE(before.structured.as_object().contains("stale"));
  }
  omie.host.unix_ms += 11 * 60'000;
  omie.host.withheld.insert("tomada.http/1");
  const testing::Plugin plugin{omie.host};
  const auto after = plugin.run("erp_ageing");
  REQUIRE(after.is_result());
  CHECK_THAT(std::string{after.structured.at("stale").as_string()}, Contains("tomada.http/1"));
  CHECK(after.structured.at("as_of") == before.structured.at("as_of"));
  CHECK(after.structured.at("summary") == before.structured.at("summary"));
  CHECK_THAT(after.text(), Contains("not of now"));
}
