// Categories, departments, the company, products and stock.
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

json::object write_product(const Product& product) {
  return {{"bloqueado", "N"},
          {"codigo", product.code},
          {"codigo_familia", 0},
          {"codigo_produto", product.id},
          {"codigo_produto_integracao", ""},
          {"descricao", product.description},
          {"ean", ""},
          {"estoque_minimo", 0},
          {"importado_api", "N"},
          {"inativo", flag(product.is_inactive)},
          {"info", stamp(product.created, product.changed)},
          {"marca", ""},
          {"ncm", product.ncm},
          {"peso_bruto", 0},
          {"peso_liq", 0},
          {"quantidade_estoque", 0},
          {"tipoItem", "00"},
          {"unidade", product.unit},
          {"valor_unitario", money(product.price)}};
}

json::object write_stock(const Product& product) {
  return {{"cCodInt", ""},
          {"cCodigo", product.code},
          {"cDescricao", product.description},
          {"codigo_local_estoque", 3036783070},
          {"estoque_minimo", product.minimum},
          {"fisico", product.on_hand},
          {"nCMC", money(product.cost)},
          {"nCodProd", product.id},
          {"nPendente", product.pending},
          {"nPrecoUnitario", money(product.price)},
          {"nSaldo", product.on_hand - product.reserved},
          {"reservado", product.reserved}};
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

Reply list_departments(const Question& question) {
  return list(question, question.company.departments, [](const Department& department) {
    return json::object{{"codigo", department.code},
                        {"descricao", department.description},
                        {"estrutura", department.structure},
                        {"inativo", "N"},
                        {"nivel_totalizador", "N"}};
  });
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

Reply list_products(const Question& question) {
  const std::string description = text_of(question.parameters, "filtrar_apenas_descricao");
  const std::string inactive = text_of(question.parameters, "inativo");
  std::string part = description;
  part.erase(std::remove(part.begin(), part.end(), '%'), part.end());
  if (!description.empty() && part.size() < 3)
    return client_fault(1010, "O filtro de descrição precisa de pelo menos 3 caracteres!");
  const bool is_any =
      text_of(question.parameters, "filtrar_apenas_omiepdv") == "N" && !is_only_api(question.parameters);
  const ChangeRange changed{question.parameters};
  const auto keep = [&](const Product& product) {
    return is_any && changed.has(product.created, product.changed) &&
           contains_ignoring_case(product.description, part) &&
           (inactive.empty() || inactive == flag(product.is_inactive));
  };
  return list(question, question.company.products, keep, write_product);
}

Reply list_stock(const Question& question) {
  const bool is_all = text_of(question.parameters, "cExibeTodos") == "S";
  auto reply = list(
      question, question.company.products, [&](const Product& product) { return is_all || product.on_hand != 0; },
      write_stock);
  const auto day = read_day(text_of(question.parameters, "dDataPosicao")).value_or(question.company.today);
  if (auto* page = std::get_if<json::object>(&reply)) (*page)["dDataPosicao"] = text(day);
  return reply;
}

}  // namespace omie_simulator
