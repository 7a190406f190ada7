// Customers and suppliers, categories, departments, the company, products and stock.
#include "answers.hpp"
#include "filters.hpp"
#include "paging.hpp"

namespace omie_simulator {
namespace {

bool has_tag(const Customer& customer, std::string_view tag) {
  return (tag == "Cliente" && customer.is_customer) || (tag == "Fornecedor" && customer.is_supplier);
}

bool has_all_tags(const Customer& customer, const json::object& filter) {
  const json::value* tags = filter.if_contains("tags");
  if (!tags) return true;
  const json::array& list = tags->get_array();
  return std::all_of(list.begin(), list.end(),
                     [&](const auto& tag) { return has_tag(customer, text_of(tag.get_object(), "tag")); });
}

// estado, cidade, email and the like are accepted and ignored, as the real one does.
bool passes(const Customer& customer, const json::object& filter) {
  const auto id = number_of(filter, "codigo_cliente_omie");
  const std::string tax_id = digits(text_of(filter, "cnpj_cpf")), inactive = text_of(filter, "inativo");
  return contains_ignoring_case(customer.name, text_of(filter, "razao_social")) &&
         contains_ignoring_case(customer.trade_name, text_of(filter, "nome_fantasia")) &&
         (tax_id.empty() || digits(customer.tax_id) == tax_id) && (!id || customer.id == *id) &&
         (inactive.empty() || inactive == flag(customer.is_inactive)) && has_all_tags(customer, filter);
}

bool is_listed(const Customer& customer, const json::object& parameters) {
  const json::value* codes = parameters.if_contains("clientesPorCodigo");
  if (!codes || codes->get_array().empty()) return true;
  const json::array& list = codes->get_array();
  return std::any_of(list.begin(), list.end(), [&](const auto& code) {
    return number_of(code.get_object(), "codigo_cliente_omie") == customer.id;
  });
}

std::vector<const Customer*> customers(const Question& question) {
  const json::value* filter_tag = question.parameters.if_contains("clientesFiltro");
  const json::object none;
  const json::object& asked = filter_tag ? filter_tag->get_object() : none;
  return filter(question.company.customers, [&](const Customer& customer) {
    return !is_only_api(question.parameters) && passes(customer, asked) && is_listed(customer, question.parameters) &&
           is_changed_between(customer.created, customer.changed, question.parameters);
  });
}

json::object write_customer(const Customer& customer) {
  json::array tags;
  if (customer.is_customer) tags.push_back(json::object{{"tag", "Cliente"}});
  if (customer.is_supplier) tags.push_back(json::object{{"tag", "Fornecedor"}});
  return {{"bairro", "CENTRO"},
          {"bloquear_faturamento", "N"},
          {"cep", "01310100"},
          {"cidade", customer.city},
          {"cidade_ibge", "3550308"},
          {"cnpj_cpf", customer.tax_id},
          {"codigo_cliente_integracao", customer.integration},
          {"codigo_cliente_omie", customer.id},
          {"codigo_pais", "1058"},
          {"complemento", ""},
          {"dadosBancarios", json::object{{"agencia", ""},
                                          {"codigo_banco", ""},
                                          {"conta_corrente", ""},
                                          {"doc_titular", ""},
                                          {"nome_titular", ""},
                                          {"transf_padrao", "N"}}},
          {"email", customer.email},
          {"endereco", "RUA DAS ACACIAS"},
          {"enderecoEntrega", json::object{}},
          {"endereco_numero", "100"},
          {"estado", customer.state},
          {"exterior", "N"},
          {"inativo", flag(customer.is_inactive)},
          {"info", stamp(customer.created, customer.changed)},
          {"nome_fantasia", customer.trade_name},
          {"pessoa_fisica", flag(customer.is_person)},
          {"razao_social", customer.name},
          {"recomendacoes", json::object{{"gerar_boletos", "N"}, {"numero_parcelas", "000"}}},
          {"tags", std::move(tags)},
          {"telefone1_ddd", "11"},
          {"telefone1_numero", customer.phone}};
}

json::object write_customer_briefly(const Customer& customer) {
  return {{"cnpj_cpf", customer.tax_id},
          {"codigo_cliente", customer.id},
          {"codigo_cliente_integracao", ""},
          {"nome_fantasia", customer.trade_name},
          {"razao_social", customer.name}};
}

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

Reply list_customers(const Question& question) {
  return page_of(question.call, question.parameters, question.options, customers(question), write_customer);
}

Reply list_customers_briefly(const Question& question) {
  return page_of(question.call, question.parameters, question.options, customers(question), write_customer_briefly);
}

Reply get_customer(const Question& question) {
  const auto id = number_of(question.parameters, "codigo_cliente_omie").value_or(0);
  const auto found = filter(question.company.customers, [&](const Customer& customer) { return customer.id == id; });
  if (!found.empty()) return write_customer(*found.front());
  return client_fault(103, "Cliente não cadastrado para o Código [" + std::to_string(id) + "] !");
}

Reply list_categories(const Question& question) {
  const std::string kind = text_of(question.parameters, "filtrar_por_tipo");
  const bool is_active_only = text_of(question.parameters, "filtrar_apenas_ativo") == "S";
  const auto found = filter(question.company.categories, [&](const Category& category) {
    return (kind.empty() || (kind == "D") == category.is_expense) && kind != "T" &&
           !(is_active_only && category.is_inactive);
  });
  return page_of(question.call, question.parameters, question.options, found, write_category);
}

Reply list_departments(const Question& question) {
  const auto all = filter(question.company.departments, [](const Department&) { return true; });
  return page_of(question.call, question.parameters, question.options, all, [](const Department& department) {
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
  const auto found = filter(question.company.products, [&](const Product& product) {
    return is_any && contains_ignoring_case(product.description, part) &&
           (inactive.empty() || inactive == flag(product.is_inactive)) &&
           is_changed_between(product.created, product.changed, question.parameters);
  });
  return page_of(question.call, question.parameters, question.options, found, write_product);
}

Reply list_stock(const Question& question) {
  const bool is_all = text_of(question.parameters, "cExibeTodos") == "S";
  const auto found =
      filter(question.company.products, [&](const Product& product) { return is_all || product.on_hand != 0; });
  auto reply = page_of(question.call, question.parameters, question.options, found, write_stock);
  const auto day = read_day(text_of(question.parameters, "dDataPosicao")).value_or(question.company.today);
  if (auto* page = std::get_if<json::object>(&reply)) (*page)["dDataPosicao"] = text(day);
  return reply;
}

}  // namespace omie_simulator
