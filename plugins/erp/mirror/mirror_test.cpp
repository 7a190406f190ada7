#include "mirror/bench.hpp"
#include "omie/bench.hpp"

#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <utility>

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
  explicit OmiePlugin(std::string refused = {}) : refused_{std::move(refused)} {
    if (!refused_.empty())
      host.answer("omie", refused_, R"({"faultcode":"SOAP-ENV:Server","faultstring":"ERROR: out of order"})", 500);
    host.folder = folder.path();
    host.config = {{"source", "omie"}, {"upstream", "omie"}, {"app_key", "123456789"}, {"app_secret", secret}};
    answer("financas/mf/", R"({"nPagina":1,"nTotPaginas":1,"nRegistros":1,"nTotRegistros":1,"movimentos":[)" +
                               movement(7, "20/11/2026", "100.50", "0", "100.50", "A VENCER") + "]}");
    answer("geral/clientes/", page_of("clientes_cadastro", 1, customer(2, "AURORA", "Cliente")));
    answer("produtos/pedido/", page_of("pedido_venda_produto", 0, ""));
    answer("geral/contacorrente/", page_of("ListarContasCorrentes", 0, ""));
  }

  Folder folder;
  testing::FakeHost host;

 private:
  void answer(const std::string& path, const std::string& body) {
    if (path != refused_) host.answer("omie", path, body);
  }

  const std::string refused_;
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

TEST_CASE("mirror: a list that the ERP refuses fails the questions that need it, and no other", "[erp]") {
  OmiePlugin omie{"financas/mf/"};
  const testing::Plugin plugin{omie.host};
  for (int time = 0; time < 2; ++time) {
    CHECK(plugin.run("erp_sales").is_result());
    const auto ageing = plugin.run("erp_ageing");
    CHECK_FALSE(ageing.is_result());
    CHECK_THAT(ageing.message, Contains("ListarMovimentos") && Contains("out of order"));
  }
}

TEST_CASE("mirror: balances that the ERP refuses keep no list from being copied", "[erp]") {
  OmiePlugin omie{"geral/contacorrente/"};
  const testing::Plugin plugin{omie.host};
  const auto ageing = plugin.run("erp_ageing");
  REQUIRE(ageing.is_result());
  CHECK(ageing.structured.at("summary").at("open") == "100.50");
  CHECK(plugin.run("erp_sales").is_result());
  const auto flow = plugin.run("erp_cash_flow");
  CHECK_FALSE(flow.is_result());
  CHECK_THAT(flow.message, Contains("ListarContasCorrentes") && Contains("out of order"));
}
