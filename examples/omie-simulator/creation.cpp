// What clients create: one customer, one title. An integration code and a tax id are taken once.
#include "answers.hpp"
#include "filters.hpp"

#include <cmath>

namespace omie_simulator {
namespace {

Fault missing(std::string_view name) {
  return client_fault(1035, "O preenchimento da tag [" + std::string{name} + "] é obrigatório!");
}

std::optional<Fault> check_texts(const json::object& from, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (text_of(from, name).empty()) return missing(name);
  return std::nullopt;
}

Fault there_already(const std::string& what, Id id, const std::string& integration) {
  return client_fault(102, what + " já cadastrado com o Id [" + std::to_string(id) + "] e código de integração [" +
                               integration + "] !");
}

json::object created(const char* id_tag, Id id, const char* code_tag, const std::string& code, const char* sentence) {
  return {{id_tag, id}, {code_tag, code}, {"codigo_status", "0"}, {"descricao_status", sentence}};
}

bool has_tag(const json::object& from, std::string_view tag) {
  const auto* tags = from.if_contains("tags");
  if (!tags) return false;
  const auto& list = tags->get_array();
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& each) { return text_of(each.get_object(), "tag") == tag; });
}

Reply create_customer(const json::object& from, Company& company) {
  if (auto fault = check_texts(from, {"codigo_cliente_integracao", "razao_social", "nome_fantasia", "cnpj_cpf"}))
    return *fault;
  Customer made;
  made.integration = text_of(from, "codigo_cliente_integracao");
  made.tax_id = text_of(from, "cnpj_cpf");
  for (const auto& customer : company.customers) {
    if (customer.integration == made.integration) return there_already("Cliente", customer.id, customer.integration);
    if (customer.tax_id == made.tax_id)
      return there_already("Cliente com o CPF/CNPJ [" + made.tax_id + "]", customer.id, customer.integration);
  }
  made.id = company.customers.back().id + 1;
  made.name = text_of(from, "razao_social");
  made.trade_name = text_of(from, "nome_fantasia");
  made.city = text_of(from, "cidade");
  made.state = text_of(from, "estado");
  made.email = text_of(from, "email");
  made.is_person = digits(made.tax_id).size() == 11;
  made.is_customer = has_tag(from, "Cliente");
  made.is_supplier = has_tag(from, "Fornecedor");
  made.created = made.changed = company.now();
  company.customers.push_back(made);
  return created("codigo_cliente_omie", made.id, "codigo_cliente_integracao", made.integration,
                 "Cliente cadastrado com sucesso!");
}

std::optional<Fault> check_title(const json::object& from, const Company& company) {
  if (auto fault =
          check_texts(from, {"codigo_lancamento_integracao", "codigo_categoria", "data_vencimento", "data_previsao"}))
    return fault;
  if (!from.contains("valor_documento")) return missing("valor_documento");
  const auto customer = number_of(from, "codigo_cliente_fornecedor").value_or(0);
  if (customer < company.customers.front().id || customer > company.customers.back().id)
    return client_fault(206, "Cliente / Fornecedor não cadastrado para o Código [" + std::to_string(customer) + "] !");
  const auto code = text_of(from, "codigo_categoria");
  const auto is_it = [&](const Category& category) { return category.code == code && !category.is_group; };
  if (std::none_of(company.categories.begin(), company.categories.end(), is_it))
    return client_fault(832, "Categoria não cadastrada para o Código [" + code + "] !");
  return std::nullopt;
}

Id next_title(const Company& company) { return company.titles.empty() ? 1 : company.titles.back().id + 1; }

std::string codes_of(bool is_payable) { return is_payable ? "payable " : "receivable "; }

Reply create_title(const json::object& from, Company& company, bool is_payable) {
  if (auto fault = check_title(from, company)) return *fault;
  Title made;
  made.is_payable = is_payable;
  made.integration = text_of(from, "codigo_lancamento_integracao");
  const auto [there, is_new] =
      company.integrations.try_emplace(codes_of(is_payable) + made.integration, next_title(company));
  if (!is_new) return there_already("Lançamento", there->second, made.integration);
  made.id = there->second;
  made.customer = *number_of(from, "codigo_cliente_fornecedor");
  made.account = number_of(from, "id_conta_corrente").value_or(company.accounts.front().id);
  made.category = text_of(from, "codigo_categoria");
  made.document = text_of(from, "numero_documento");
  made.installment = "001/001";
  made.kind = "99999";
  made.issued = read_day(text_of(from, "data_emissao")).value_or(company.today);
  made.due = *read_day(text_of(from, "data_vencimento"));
  made.expected = *read_day(text_of(from, "data_previsao"));
  made.created = made.changed = company.now();
  made.amount = std::llround(from.at("valor_documento").to_number<double>() * 100);
  company.titles.push_back(made);
  return created("codigo_lancamento_omie", made.id, "codigo_lancamento_integracao", made.integration,
                 "Lançamento cadastrado com sucesso!");
}

}  // namespace

bool is_creation(const CallType& call) { return call.name.starts_with("Incluir"); }

Reply create(const CallType& call, const json::object& parameters, Company& company) {
  if (call.name == "IncluirCliente") return create_customer(parameters, company);
  return create_title(parameters, company, call.name == "IncluirContaPagar");
}

}  // namespace omie_simulator
