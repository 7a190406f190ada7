#include "tools/compat.hpp"
#include "tools/envelope.hpp"

#include <chrono>
#include <utility>

namespace tomada::erp::tools::compat {
namespace {

json::object row_of(const Category& category) {
  return {{"codigo", category.code},
          {"descricao", category.description},
          {"conta_receita", category.kind == CategoryKind::revenue},
          {"conta_despesa", category.kind == CategoryKind::expense},
          {"totalizadora", category.is_group},
          {"conta_inativa", !category.is_active}};
}

json::object row_of(const Department& department) {
  return {{"codigo", department.code},
          {"descricao", department.description},
          {"estrutura", department.structure},
          {"inativo", !department.is_active}};
}

json::object row_of(const Partner& partner) {
  return {{"codigo", partner.id},       {"razao_social", partner.name}, {"nome_fantasia", partner.trade_name},
          {"cnpj_cpf", partner.tax_id}, {"cidade", partner.city},       {"estado", partner.state},
          {"email", partner.email},     {"telefone", partner.phone},    {"inativo", !partner.is_active}};
}

template <class Item>
Reading reading_of(const Page<Item>& page, Slice slice, std::string_view key) {
  json::array rows;
  for (const auto& item : page.items) rows.push_back(row_of(item));
  return {page_facts(slice, page.total, key, std::move(rows)), page};
}

std::optional<bool> only_active(const Arguments& read, const char* key) {
  return read.flag(key).value_or(true) ? std::optional{true} : std::nullopt;
}

Answer partners_with(PartnerRole role, std::string_view key, Source& source, const json::object& arguments,
                     const Request& request) {
  const Arguments read{arguments};
  PartnerQuery query;
  query.role = role;
  query.text = read.text("filtro_nome");
  query.city = read.text("filtro_cidade");
  query.is_active = only_active(read, "apenas_ativos");
  query.slice = slice_of(read, 50);
  return answer(source, arguments, request,
                [&] { return reading_of(source.partners(query, request), query.slice, key); });
}

}  // namespace

Answer testar_conexao(Source& source, const json::object& arguments, const Request& request) {
  return answer(source, arguments, request, [&]() -> Reading {
    const auto start = std::chrono::steady_clock::now();
    const auto connection = source.connect(request);
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    json::object facts{{"conexao", "ok"}, {"fonte", std::string{source.name()}}, {"empresa", connection.company.name}};
    facts["response_time_ms"] = static_cast<double>(static_cast<std::int64_t>(elapsed.count() * 1'000)) / 1'000;
    return {std::move(facts), connection};
  });
}

Answer consultar_categorias(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  CategoryQuery query;
  query.text = read.text("filtro_descricao");
  query.is_active = only_active(read, "apenas_ativas");
  query.slice = slice_of(read, 50);
  return answer(source, arguments, request,
                [&] { return reading_of(source.categories(query, request), query.slice, "categorias"); });
}

Answer consultar_departamentos(Source& source, const json::object& arguments, const Request& request) {
  const DepartmentQuery query{slice_of(Arguments{arguments}, 50)};
  return answer(source, arguments, request,
                [&] { return reading_of(source.departments(query, request), query.slice, "departamentos"); });
}

Answer listar_clientes(Source& source, const json::object& arguments, const Request& request) {
  return partners_with(PartnerRole::customer, "clientes", source, arguments, request);
}

Answer consultar_fornecedores(Source& source, const json::object& arguments, const Request& request) {
  return partners_with(PartnerRole::supplier, "fornecedores", source, arguments, request);
}

}  // namespace tomada::erp::tools::compat
