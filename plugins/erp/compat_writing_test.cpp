// The predecessor's tools that book, on the demo company: its words, and the one way of booking that there is.
#include "fixture.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::erp;
using Catch::Contains;
namespace json = boost::json;

namespace {

struct OldDesk : PluginFixture {
  OldDesk() { host.config["writes"] = true; }

  testing::Outcome say(const char* tool, const json::object& arguments, const char* said) {
    testing::CallOptions options;
    options.capabilities = R"({"elicitation":{"form":{}}})";
    if (!plugin) plugin = std::make_unique<testing::Plugin>(host);
    auto asked = plugin->run(tool, arguments, options);
    if (asked.kind != TOMADA_NEEDS_INPUT) return asked;
    question = asked.requests.begin()->value().at("params").at("message").as_string().c_str();
    options.state = asked.state;
    options.answers = json::serialize(json::object{{asked.requests.begin()->key(), json::parse(said)}});
    return plugin->run(tool, arguments, options);
  }
  testing::Outcome confirm(const char* tool, const json::object& arguments) {
    return say(tool, arguments, R"({"action":"accept","content":{"confirm":true}})");
  }
  std::string question;
};

const json::object ines{{"razao_social", "Inês Comércio Ltda"},
                        {"cnpj_cpf", "11222333000181"},
                        {"tipo_cliente", "fornecedor"},
                        {"email", "ines@exemplo.com.br"}};
const json::object rent{{"cnpj_cpf_fornecedor", "11.222.333/0001-81"},
                        {"numero_documento", "ALUGUEL 12"},
                        {"data_vencimento", "05/12/2026"},
                        {"valor_documento", 1234.56},
                        {"codigo_categoria", "2.02.01"}};

}  // namespace

TEST_CASE("old writes: they are there only where both compat and writes are on") {
  PluginFixture without;
  CHECK_THROWS(without.ask("criar_conta_pagar", rent));
}

TEST_CASE("old writes: a supplier is registered and owed, each after a question, under the old names") {
  OldDesk desk;
  const auto made = desk.confirm("cadastrar_cliente_fornecedor", ines);
  REQUIRE(made.is_result());
  CHECK_THAT(desk.question, Contains("11.222.333/0001-81") && Contains("supplier"));
  CHECK(made.structured.at("status") == "sucesso");
  CHECK(made.structured.at("data").at("incluido") == true);
  const auto booked = desk.confirm("criar_conta_pagar", rent);
  REQUIRE(booked.is_result());
  CHECK_THAT(desk.question, Contains("Amount: 1234.56 BRL") && Contains("Due: 2026-12-05") && Contains("Inês"));
  CHECK(booked.structured.at("data").at("incluido") == true);
  const auto found = desk.facts("consultar_contas_pagar", {{"filtro_fornecedor", "Inês"}}).at("data");
  REQUIRE(found.at("total_de_registros") == 1);
  CHECK(found.at("contas").at(0).at("codigo") == booked.structured.at("data").at("codigo"));
  const auto again = desk.confirm("criar_conta_pagar", rent);
  REQUIRE(again.is_result());
  CHECK(again.structured.at("data").at("ja_existia") == true);
  CHECK(desk.facts("consultar_contas_pagar", {{"filtro_fornecedor", "Inês"}}).at("data").at("total_de_registros") == 1);
}

TEST_CASE("old writes: a no books nothing, and what is wrong is refused under the old name of it") {
  OldDesk desk;
  const auto declined = desk.say("cadastrar_cliente_fornecedor", ines, R"({"action":"decline"})");
  REQUIRE(declined.is_result());
  CHECK(declined.structured.at("data").at("incluido") == false);
  CHECK(desk.facts("consultar_fornecedores", {{"filtro_nome", "Inês Comércio"}}).at("data").at("total_de_registros") ==
        0);
  const auto refused = [&](const char* tool, json::object arguments, const char* key, const json::value& value) {
    arguments[key] = value;
    const auto outcome = desk.confirm(tool, arguments);
    INFO(key);
    CHECK(outcome.kind == TOMADA_INVALID_PARAMS);
    CHECK_THAT(outcome.message, Contains(key));
  };
  refused("cadastrar_cliente_fornecedor", ines, "cnpj_cpf", "11222333000182");
  refused("criar_conta_pagar", rent, "cnpj_cpf_fornecedor", "11222333000182");
  refused("criar_conta_pagar", rent, "data_vencimento", "31/02/2026");
  refused("criar_conta_pagar", rent, "valor_documento", -1);
  const auto nobody = desk.confirm("criar_conta_pagar", rent);
  CHECK_FALSE(nobody.is_result());
  CHECK_THAT(nobody.message, Contains("cadastrar_cliente_fornecedor"));
}

TEST_CASE("old writes: a receivable may name its customer by code") {
  OldDesk desk;
  const auto customer = desk.facts("listar_clientes", {{"registros_por_pagina", 1}}).at("data").at("clientes").at(0);
  const json::object owed{{"codigo_cliente_fornecedor", customer.at("codigo")},
                          {"data_vencimento", "05/12/2026"},
                          {"valor_documento", "99.90"},
                          {"codigo_categoria", "1.01.01"}};
  const auto booked = desk.confirm("criar_conta_receber", owed);
  REQUIRE(booked.is_result());
  CHECK_THAT(desk.question, Contains(customer.at("razao_social").as_string().c_str()));
  CHECK(booked.structured.at("data").at("incluido") == true);
}
