#pragma once
// Bench: the connector on a scripted host, and what Omie would answer.
#include "omie/omie_source.hpp"

#include <tomada/testing/fake_host.hpp>

#include <string>

namespace tomada::erp::omie::test {

namespace json = boost::json;
using sdk::HttpRequest;
using sdk::HttpResponse;
using testing::FakeHost;

inline constexpr const char* secret = "0123456789abcdef0123456789abcdef";
inline const Date today = Date::of(2026, 11, 21);

inline Settings settings() {
  Settings out;
  out.source = out.upstream = "omie";
  out.app_key = "123456789";
  out.app_secret = secret;
  return out;
}

inline Request asked(bool wants_fresh = false) {
  return {nullptr, today, wants_fresh, 1'792'000'000'000, false, nullptr, 0, {}};
}

inline json::object question_of(const HttpRequest& request) {
  return json::parse(request.body).at("param").get_array().at(0).get_object();
}

// The only page of a list with so many records, in the dialect of most calls.
inline std::string page_of(const std::string& list, int records, const std::string& rows) {
  const auto count = std::to_string(records);
  return R"({"pagina":1,"total_de_paginas":1,"registros":)" + count + R"(,"total_de_registros":)" + count + ",\"" +
         list + "\":[" + rows + "]}";
}

// Two pages of a list in the call's dialect, by the page that was asked for.
inline FakeHost::Responder pages(const std::string& first, const std::string& second) {
  return [first, second](const HttpRequest& request) {
    const auto question = question_of(request);
    const auto* page = question.if_contains("pagina");
    if (!page) page = question.if_contains("nPagina");
    HttpResponse out;
    out.status = 200;
    out.body = *page == 1 ? first : second;
    out.read_at_ms = *page == 1 ? 1000 : 2000;
    out.age_ms = *page == 1 ? 40 : 7;
    out.refresh_in_ms = 30'000;
    return out;
  };
}

inline std::string customer(int id, const std::string& name, const std::string& tag) {
  json::object out{
      {"codigo_cliente_omie", id}, {"razao_social", name}, {"nome_fantasia", ""}, {"cnpj_cpf", "11.222.333/0001-81"}};
  out["cidade"] = "SOROCABA (SP)";
  out["estado"] = "SP";
  out["inativo"] = "N";
  out["telefone1_ddd"] = "11";
  out["telefone1_numero"] = "3000-3488";
  out["tags"] = json::array{json::object{{"tag", tag}}};
  return json::serialize(out);
}

inline std::string movement(int id, const std::string& due, const std::string& amount, const std::string& paid,
                            const std::string& open, const std::string& status) {
  return R"({"detalhes":{"nCodTitulo":)" + std::to_string(id) +
         R"(,"cNumTitulo":"NF 1","cNumParcela":"001/001","nCodCliente":2,"cCodCateg":"1.01.02",)" +
         R"("dDtEmissao":"01/10/2026","dDtVenc":")" + due + R"(","dDtPagamento":"","nValorTitulo":)" + amount +
         R"(,"cStatus":")" + status + R"("},"resumo":{"nValPago":)" + paid + R"(,"nValAberto":)" + open + "}}";
}

struct Bare {  // nothing is scripted yet
  FakeHost host;
  OmieSource source{settings(), host.host()};
};

struct Bench {
  Bench() {
    host.answer("omie", "geral/clientes/",
                pages(R"({"pagina":1,"total_de_paginas":2,"registros":1,"total_de_registros":2,"clientes_cadastro":[)" +
                          customer(1, "ZETA", "Fornecedor") + "]}",
                      R"({"pagina":2,"total_de_paginas":2,"registros":1,"total_de_registros":2,"clientes_cadastro":[)" +
                          customer(2, "AURORA &amp; FILHOS", "Cliente") + "]}"));
    host.answer("omie", "geral/categorias/",
                page_of("categoria_cadastro", 1,
                        R"({"codigo":"1.01.02","descricao":"Vendas","conta_receita":"S","conta_despesa":"N"})"));
  }
  void movements(const std::string& rows, int records = 1) {
    const auto count = std::to_string(records);
    host.answer("omie", "financas/mf/",
                R"({"nPagina":1,"nTotPaginas":1,"nRegistros":)" + count + R"(,"nTotRegistros":)" + count +
                    R"(,"movimentos":[)" + rows + "]}");
  }
  FakeHost host;
  OmieSource source{settings(), host.host()};
};

}  // namespace tomada::erp::omie::test
