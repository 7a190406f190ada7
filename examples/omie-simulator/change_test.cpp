// What changes between two questions is what the change filters return, exactly.
#include "change.hpp"

#include "asked.hpp"
#include "bench.hpp"

#include <catch2/catch.hpp>

using namespace omie_simulator;

namespace {

Options of_that_day() {
  Options out;
  out.today = "21/11/2026";
  return out;
}

struct Books {
  json::object change(const std::string& what) {
    return record(omie_simulator::change(tomada::json::read(what)->get_object(), company));
  }
  [[nodiscard]] Reply ask(const char* path, const char* call, const std::string& parameters) const {
    return asked(company, path, call, parameters);
  }
  [[nodiscard]] std::int64_t count(const char* path, const char* call, const std::string& parameters) const {
    const auto reply = ask(path, call, parameters);
    if (fault_code(reply) == "SOAP-ENV:Client-5113") return 0;
    const auto answer = record(reply);
    const auto* total = answer.if_contains("total_de_registros");
    return (total ? *total : answer.at("nTotRegistros")).to_number<std::int64_t>();
  }

  Company company = invent(of_that_day());
};

constexpr const char* since_ten =
    R"({"filtrar_por_data_de":"21/11/2026","filtrar_por_hora_de":"10:00:00","filtrar_apenas_alteracao":"S"})";
constexpr const char* since_that_day = R"({"filtrar_por_data_de":"21/11/2026","filtrar_apenas_alteracao":"S"})";

}  // namespace

TEST_CASE("change: nothing was changed after the first minute of the company's day", "[omie]") {
  Books books;
  CHECK(books.count("/geral/clientes/", "ListarClientes", since_ten) == 0);
  CHECK(books.count(
            "/geral/produtos/", "ListarProdutos",
            R"({"filtrar_apenas_omiepdv":"N","filtrar_por_data_de":"21/11/2026","filtrar_por_hora_de":"00:02:00"})") ==
        0);
  CHECK(books.count("/produtos/pedido/", "ListarPedidos", since_ten) == 0);
}

TEST_CASE("change: a customer that is changed and one that is new are returned, and nobody else", "[omie]") {
  Books books;
  books.change(
      R"({"at":"21/11/2026 10:00:00","clientes":[{"codigo_cliente_omie":5951279003,"razao_social":"OUTRO NOME"},
                   {"razao_social":"CLIENTE NOVO LTDA","cnpj_cpf":"11.222.333/0001-81"}]})");
  const auto page = record(books.ask("/geral/clientes/", "ListarClientes", since_ten));
  REQUIRE(page.at("total_de_registros") == 2);
  const auto& changed = page.at("clientes_cadastro").at(0);
  CHECK(changed.at("razao_social") == "OUTRO NOME");
  CHECK(changed.at("info").at("dAlt") == "21/11/2026");
  CHECK(changed.at("info").at("hAlt") == "10:00:00");
  CHECK(page.at("clientes_cadastro").at(1).at("razao_social") == "CLIENTE NOVO LTDA");
  CHECK(books.count("/geral/clientes/", "ListarClientes",
                    R"({"filtrar_por_data_de":"21/11/2026","filtrar_por_hora_de":"10:00:01"})") == 0);
  CHECK(books.count("/geral/clientes/", "ListarClientes",
                    R"({"filtrar_por_data_de":"21/11/2026","filtrar_apenas_inclusao":"S"})") == 1);
}

TEST_CASE("change: a title that is paid is changed in every list that knows it", "[omie]") {
  Books books;
  const auto before = books.count("/financas/contareceber/", "ListarContasReceber", since_that_day);
  const auto& title = *std::find_if(books.company.titles.begin(), books.company.titles.end(), [](const Title& each) {
    return !each.is_payable && !each.is_cancelled && each.paid == 0 && day_of(each.changed) != each.due;
  });
  const auto id = std::to_string(title.id);
  const bool was_there = day_of(title.changed) == books.company.today;
  const auto paid_before =
      books.company.balance(*std::find_if(books.company.accounts.begin(), books.company.accounts.end(),
                                          [&](const Account& a) { return a.id == title.account; }),
                            books.company.today);
  books.change(R"({"at":"21/11/2026 11:00:00","titulos":[{"codigo_lancamento_omie":)" + id +
               R"(,"data_pagamento":"21/11/2026"}]})");
  CHECK(books.count("/financas/contareceber/", "ListarContasReceber", since_that_day) == before + (was_there ? 0 : 1));
  const auto movement =
      record(books.ask("/financas/mf/", "ListarMovimentos", R"({"dDtAltDe":"21/11/2026","nCodTitulo":)" + id + "}"))
          .at("movimentos")
          .at(0);
  CHECK(movement.at("detalhes").at("cStatus") == "RECEBIDO");
  CHECK(movement.at("detalhes").at("dDtAlt") == "21/11/2026");
  CHECK(movement.at("resumo").at("cLiquidado") == "S");
  const auto& account = *std::find_if(books.company.accounts.begin(), books.company.accounts.end(),
                                      [&](const Account& a) { return a.id == title.account; });
  CHECK(books.company.balance(account, books.company.today) == paid_before + title.amount);
}

TEST_CASE("change: what is deleted is in no list any more", "[omie]") {
  Books books;
  const auto all = books.count("/financas/mf/", "ListarMovimentos", R"({"nPagina":1})");
  books.change(R"({"titulos":[{"codigo_lancamento_omie":3037854001,"excluir":"S"}]})");
  CHECK(books.count("/financas/mf/", "ListarMovimentos", R"({"nPagina":1})") == all - 1);
}

TEST_CASE("change: products and orders carry the moment as customers do", "[omie]") {
  Books books;
  books.change(R"({"at":"21/11/2026 12:30:00","produtos":[{"codigo_produto":3293025001,"valor_unitario":12.5}],
                   "pedidos":[{"codigo_pedido":3037132001,"etapa":"60"},{"itens":[{"codigo_produto":3293025001,"quantidade":3}]}]})");
  const auto products = record(books.ask(
      "/geral/produtos/", "ListarProdutos",
      R"({"filtrar_apenas_omiepdv":"N","filtrar_por_data_de":"21/11/2026","filtrar_por_hora_de":"12:30:00"})"));
  REQUIRE(products.at("total_de_registros") == 1);
  CHECK(products.at("produto_servico_cadastro").at(0).at("valor_unitario") == 12.5);
  const auto orders = record(books.ask("/produtos/pedido/", "ListarPedidos", since_ten));
  REQUIRE(orders.at("total_de_registros") == 2);
  CHECK(orders.at("pedido_venda_produto").at(0).at("infoCadastro").at("hAlt") == "12:30:00");
  CHECK(orders.at("pedido_venda_produto").at(1).at("total_pedido").at("valor_total_pedido") == 37.5);
}

TEST_CASE("change: what is no change is refused by name and leaves the record as it was", "[omie]") {
  Books books;
  const auto refused = [&](const std::string& what) {
    return std::get<Fault>(omie_simulator::change(tomada::json::read(what)->get_object(), books.company)).text;
  };
  CHECK_THAT(refused(R"({"clients":[]})"), Catch::Contains("CLIENTS"));
  CHECK_THAT(refused(R"({"titulos":[{"codigo_lancamento_omie":7}]})"), Catch::Contains("[7]"));
  CHECK_THAT(refused(R"({"titulos":[{"codigo_lancamento_omie":3037854001,"codigo_cliente_fornecedor":7}]})"),
             Catch::Contains("[7]"));
  CHECK_THAT(refused(R"({"at":"31/02/2026 10:00:00","clientes":[]})"), Catch::Contains("[at]"));
}

TEST_CASE("change: asked of the running simulator, it is what the next question is answered from", "[omie]") {
  Bench bench;
  const auto asked = tomada::json::read(R"({"clientes":[{"razao_social":"CHEGOU AGORA LTDA"}]})");
  REQUIRE(std::holds_alternative<json::object>(bench.simulator.change(asked->get_object())));
  const auto response = bench.client()->fetch(
      question("ListarClientes", "geral/clientes/", R"({"clientesFiltro":{"razao_social":"chegou agora"}})"));
  REQUIRE(response.has_value());
  CHECK_THAT(response->body, Catch::Contains("CHEGOU AGORA LTDA"));
}
