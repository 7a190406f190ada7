#include "tools/compat.hpp"

#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada::erp;
using Catch::Contains;
namespace json = tomada::testing::json;

namespace {

std::string string_at(const json::value& from, const char* key) { return std::string{from.at(key).as_string()}; }

// A source whose ERP does not answer.
class Silent : public Source {
 public:
  std::string_view name() const noexcept override { return "silent"; }
  bool is_open_world() const noexcept override { return true; }
  json::object health() const override { return {{"status", "unhealthy"}}; }
  Connection connect(const Request&) override { refuse(); }
  Page<Partner> partners(const PartnerQuery&, const Request&) override { refuse(); }
  Page<Category> categories(const CategoryQuery&, const Request&) override { refuse(); }
  Page<Department> departments(const DepartmentQuery&, const Request&) override { refuse(); }
  Page<Product> products(const ProductQuery&, const Request&) override { refuse(); }
  OrderPage orders(const OrderQuery&, const Request&) override { refuse(); }
  TitlePage titles(const TitleQuery&, const Request&) override { refuse(); }
  CashPosition cash_position(const Request&) override { refuse(); }

 private:
  [[noreturn]] static void refuse() { throw tomada::sdk::ToolError{"the ERP is asleep; try again at nine"}; }
};

// A source with one title of more money than a binary double can hold to the cent.
class Rich final : public Silent {
 public:
  TitlePage titles(const TitleQuery&, const Request&) override {
    Title title;
    title.amount = Decimal::parse("90071992547409.93");
    title.paid = Decimal::parse("1234.50");
    title.open = title.amount - title.paid;
    TitlePage page;
    page.items.push_back(title);
    page.total = 1;
    page.amount = title.amount;
    page.open = title.open;
    return page;
  }
};

}  // namespace

TEST_CASE("every old tool answers in its old wrapper, which is also its text") {
  PluginFixture plugin;
  for (const auto* tool :
       {"testar_conexao", "consultar_categorias", "consultar_departamentos", "listar_clientes",
        "consultar_fornecedores", "consultar_contas_pagar", "consultar_contas_receber", "lista_empresas",
        "info_empresa", "listar_contas_correntes", "listar_resumo_contas_correntes"}) {
    const auto outcome = plugin.ask(tool);
    INFO(tool);
    REQUIRE(outcome.is_result());
    CHECK(string_at(outcome.structured, "status") == "sucesso");
    CHECK(string_at(outcome.structured, "timestamp") == "2026-11-20T09:00:00-03:00");
    CHECK(outcome.structured.at("data").is_object());
    CHECK(outcome.structured.at("filtros").is_object());
    CHECK(outcome.content.empty());  // the host then writes the JSON as text
  }
}

TEST_CASE("the old connection test measures and names the company") {
  PluginFixture plugin;
  const auto facts = plugin.facts("testar_conexao").at("data");
  CHECK(string_at(facts, "empresa") == std::string{demo::company_name});
  CHECK(facts.at("response_time_ms").to_number<double>() > 0);
}

TEST_CASE("the old company tools name the company, the old accounts have their true balances") {
  PluginFixture plugin;
  CHECK(string_at(plugin.facts("info_empresa").at("data"), "razao_social") == std::string{demo::company_name});
  CHECK(plugin.facts("lista_empresas").at("data").at("empresas").as_array().size() == 1);
  const auto position = plugin.facts("erp_cash_position");
  const auto summary = plugin.facts("listar_resumo_contas_correntes").at("data");
  CHECK(Decimal::parse(tomada::sdk::write(summary.at("saldo_total"))) == Decimal::parse(string_at(position, "total")));
  const auto& accounts = position.at("accounts").as_array();
  REQUIRE(summary.at("contas_resumo").as_array().size() == accounts.size());
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const auto& row = summary.at("contas_resumo").at(i);
    CHECK(row.at("descricao") == accounts[i].at("name"));
    CHECK(Decimal::parse(tomada::sdk::write(row.at("saldo_atual"))) ==
          Decimal::parse(string_at(accounts[i], "balance")));
  }
  const auto page = plugin.facts("listar_contas_correntes", {{"pagina", 2}, {"registros_por_pagina", 1}}).at("data");
  CHECK(page.at("total_de_registros") == accounts.size());
  CHECK(page.at("contas").at(0).at("descricao") == accounts[1].at("name"));
}

TEST_CASE("an old filter finds what lies beyond the first page") {
  PluginFixture plugin;
  const auto last = text("SELECT name FROM partners WHERE is_customer AND is_active ORDER BY fold(name) DESC LIMIT 1");
  const auto facts =
      plugin.facts("listar_clientes", {{"filtro_nome", last}, {"registros_por_pagina", 1}, {"pagina", 1}}).at("data");
  REQUIRE(facts.at("total_de_registros") == 1);
  CHECK(string_at(facts.at("clientes").at(0), "razao_social") == last);
}

TEST_CASE("old pages count from one and know their total") {
  PluginFixture plugin;
  const auto facts =
      plugin.facts("consultar_fornecedores", {{"pagina", 2}, {"registros_por_pagina", 30}, {"apenas_ativos", false}});
  const auto& page = facts.at("data");
  const auto total = number("SELECT count(*) FROM partners WHERE is_supplier");
  CHECK(page.at("total_de_registros") == total);
  CHECK(page.at("total_de_paginas") == (total + 29) / 30);
  CHECK(page.at("registros") == 30);
  CHECK(string_at(page.at("fornecedores").at(0), "codigo") ==
        text("SELECT id FROM partners WHERE is_supplier ORDER BY fold(name), id LIMIT 1 OFFSET 30"));
  CHECK(facts.at("filtros").at("pagina") == 2);
}

TEST_CASE("old inactive categories stay out unless asked for") {
  PluginFixture plugin;
  const auto total = [&](bool only_active) {
    const auto facts = plugin.facts("consultar_categorias", {{"apenas_ativas", only_active}});
    return facts.at("data").at("total_de_registros").to_number<std::int64_t>();
  };
  CHECK(total(true) == number("SELECT count(*) FROM categories WHERE is_active"));
  CHECK(total(false) == number("SELECT count(*) FROM categories"));
}

TEST_CASE("old statuses and Brazilian dates narrow titles, with amounts as numbers") {
  PluginFixture plugin;
  const auto where = [](const char* status) {
    if (std::string_view{status} == "vencido") return "status = 'overdue'";
    if (std::string_view{status} == "a_vencer") return "status IN ('open', 'partial')";
    if (std::string_view{status} == "todos") return "1";
    return std::string_view{status} == "pago" || std::string_view{status} == "recebido" ? "status = 'paid'"
                                                                                        : "open_cents > 0";
  };
  for (const auto* status : {"vencido", "a_vencer", "pago", "aberto", "a_pagar", "todos"}) {
    INFO(status);
    const auto facts = plugin.facts("consultar_contas_pagar",
                                    {{"status", status}, {"data_inicio", "01/10/2026"}, {"data_fim", "30/11/2026"}});
    const auto from =
        std::string{
            " FROM title_states WHERE NOT is_receivable AND due_on BETWEEN '2026-10-01' AND "
            "'2026-11-30' AND "} +
        where(status);
    CHECK(facts.at("data").at("total_de_registros") == number("SELECT count(*)" + from));
    CHECK(facts.at("data").at("resumo").at("valor_total").to_number<double>() ==
          Approx(static_cast<double>(number("SELECT coalesce(sum(amount_cents), 0)" + from)) / 100));
  }
  for (const auto* status : {"recebido", "a_receber"}) {
    const auto facts = plugin.facts("consultar_contas_receber", {{"status", status}, {"filtro_cliente", "padaria"}});
    CHECK(facts.at("data").at("total_de_registros") ==
          number("SELECT count(*) FROM title_states JOIN partners p ON p.id = partner_id WHERE is_receivable AND "
                 "fold(p.name) LIKE '%padaria%' AND " +
                 std::string{where(status)}));
  }
}

TEST_CASE("an old amount prints with the digits it has") {
  PluginFixture plugin;
  const auto facts = plugin.facts("consultar_contas_pagar", {{"registros_por_pagina", 500}});
  for (const auto& row : facts.at("data").at("contas").as_array()) {
    const auto cents = number("SELECT amount_cents FROM titles WHERE id = " + string_at(row, "codigo"));
    const auto printed = tomada::sdk::write(row.at("valor_documento"));
    CHECK(Decimal::parse(printed) == Decimal::from_units(cents, 2));
  }
}

TEST_CASE("an old amount is a number with the digits of the source, however large") {
  Rich rich;
  const auto answer = tools::compat::consultar_contas_receber(rich, {}, Request{});
  const auto& written = answer.structured_text;
  CHECK_THAT(written, Contains("\"valor_documento\":90071992547409.93,") && Contains("\"valor_pago\":1234.50,") &&
                          Contains("\"valor_aberto\":90071992546175.43"));
  CHECK_THAT(written, Contains("\"valor_total\":90071992547409.93,") && Contains("\"valor_vencido\":0}"));
  CHECK(json::parse(written).at("status") == "sucesso");
}

TEST_CASE("old dates that do not exist are refused") {
  PluginFixture plugin;
  const auto refused = [&](const json::object& arguments, const char* came, const char* expected) {
    const auto outcome = plugin.ask("consultar_contas_pagar", arguments);
    CHECK(outcome.kind == TOMADA_INVALID_PARAMS);
    CHECK_THAT(outcome.message, Contains("data_inicio") && Contains(came) && Contains(expected));
  };
  refused({{"data_inicio", "31/02/2026"}}, "31/02/2026", "20/11/2026");
  refused({{"data_inicio", "02/02/2026"}, {"data_fim", "01/02/2026"}}, "02/02/2026", "data_fim 01/02/2026");
}

TEST_CASE("an ERP that does not answer becomes the old error text, as an error") {
  Silent silent;
  Request request;
  request.today = test_day;
  request.now_ms = 1'795'176'000'000;
  try {
    (void)tools::compat::listar_clientes(silent, {{"pagina", 1}}, request);
    FAIL("it answered");
  } catch (const tomada::sdk::ToolError& error) {
    const auto said = json::parse(error.what());
    CHECK(string_at(said, "status") == "erro");
    CHECK_THAT(string_at(said, "error"), Contains("asleep"));
    CHECK(said.at("filtros").at("pagina") == 1);
  }
}
