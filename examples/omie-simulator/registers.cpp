// Categories, departments, projects, salespeople, families of products, the company itself.
#include "answers.hpp"
#include "listing.hpp"

namespace omie_simulator {
namespace {

json::object write_category(const Category& category) {
  return {{"categoria_superior", category.parent},
          {"codigo", category.code},
          {"codigo_dre", ""},
          {"conta_despesa", flag(category.is_expense)},
          {"conta_inativa", flag(category.is_inactive)},
          {"conta_receita", flag(!category.is_expense)},
          {"dadosDRE", json::object{}},
          {"definida_pelo_usuario", "N"},
          {"descricao", category.description},
          {"descricao_padrao", category.description},
          {"id_conta_contabil", ""},
          {"nao_exibir", "N"},
          {"natureza", ""},
          {"tag_conta_contabil", ""},
          {"tipo_categoria", ""},
          {"totalizadora", flag(category.is_group)},
          {"transferencia", "N"}};
}

json::object write_department(const Department& department) {
  return {{"codigo", department.code},
          {"descricao", department.description},
          {"estrutura", department.structure},
          {"inativo", "N"},
          {"nivel_totalizador", "N"}};
}

json::object write_project(const Project& project) {
  return {{"codInt", project.code},
          {"codigo", project.id},
          {"inativo", flag(project.is_inactive)},
          {"info", json::object{{"data_alt", text(day_of(project.changed))},
                                {"data_inc", text(day_of(project.created))},
                                {"hora_alt", time_text(project.changed)},
                                {"hora_inc", time_text(project.created)},
                                {"user_alt", "P000100001"},
                                {"user_inc", "P000100001"}}},
          {"nome", project.name}};
}

json::object write_salesperson(const Salesperson& person) {
  return {{"codInt", ""},          {"codigo", person.id},    {"comissao", 0},
          {"email", person.email}, {"fatura_pedido", "N"},   {"inativo", flag(person.is_inactive)},
          {"nome", person.name},   {"visualiza_pedido", "N"}};
}

json::object write_family(const Family& family) {
  return {{"codFamilia", family.code},
          {"codInt", ""},
          {"codigo", family.id},
          {"inativo", "N"},
          {"nomeFamilia", family.name}};
}

Reply not_registered(const std::string& what, const std::string& code) {
  return client_fault(103, what + " não cadastrado para o Código [" + code + "] !");
}

}  // namespace

Reply list_categories(const Question& question) {
  const std::string kind = text_of(question.parameters, "filtrar_por_tipo");
  const bool is_active_only = text_of(question.parameters, "filtrar_apenas_ativo") == "S";
  const auto keep = [&](const Category& category) {
    return (kind.empty() || (kind == "D") == category.is_expense) && kind != "T" &&
           !(is_active_only && category.is_inactive);
  };
  return list(question, question.company.categories, keep, write_category);
}

Reply get_category(const Question& question) {
  const std::string code = text_of(question.parameters, "codigo");
  const auto found = filter(question.company.categories, [&](const Category& each) { return each.code == code; });
  return found.empty() ? not_registered("Categoria", code) : Reply{write_category(*found.front())};
}

Reply list_departments(const Question& question) {
  return list(question, question.company.departments, write_department);
}

Reply get_department(const Question& question) {
  const std::string code = text_of(question.parameters, "codigo");
  const auto found = filter(question.company.departments, [&](const Department& each) { return each.code == code; });
  return found.empty() ? not_registered("Departamento", code) : Reply{write_department(*found.front())};
}

Reply list_projects(const Question& question) {
  const std::string name = text_of(question.parameters, "nome_projeto");
  const ChangeRange changed{question.parameters};
  const bool is_any = !is_only_api(question.parameters);
  const auto keep = [&](const Project& project) {
    return is_any && contains_ignoring_case(project.name, name) && changed.has(project.created, project.changed);
  };
  return list(question, question.company.projects, keep, write_project);
}

Reply list_salespeople(const Question& question) {
  const std::string name = text_of(question.parameters, "filtrar_por_nome"),
                    email = text_of(question.parameters, "filtrar_por_email");
  const ChangeRange changed{question.parameters};
  const bool is_any = !is_only_api(question.parameters);
  const auto keep = [&](const Salesperson& person) {
    return is_any && contains_ignoring_case(person.name, name) && (email.empty() || person.email == email) &&
           changed.has(person.created, person.changed);
  };
  return list(question, question.company.salespeople, keep, write_salesperson);
}

Reply list_families(const Question& question) {
  const bool is_any = !is_only_api(question.parameters);
  return list(
      question, question.company.families, [&](const Family&) { return is_any; }, write_family);
}

Reply list_companies(const Question& question) {
  const std::vector<const Company*> one{&question.company};
  return page_of(question.call, question.parameters, question.options, one, [](const Company& company) {
    return json::object{{"cidade", "SAO PAULO (SP)"},
                        {"cnpj", company.tax_id},
                        {"codigo_empresa", 3036783001},
                        {"codigo_empresa_integracao", ""},
                        {"estado", "SP"},
                        {"inativa", "N"},
                        {"nome_fantasia", company.trade_name},
                        {"razao_social", company.name},
                        {"regime_tributario", "3"}};
  });
}

}  // namespace omie_simulator
