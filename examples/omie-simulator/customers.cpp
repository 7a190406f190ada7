// Customers and suppliers: one register, told apart by tags.
#include "answers.hpp"
#include "listing.hpp"

#include <set>

namespace omie_simulator {
namespace {

// What clientesFiltro and clientesPorCodigo ask for; estado, cidade, email and the like are accepted and ignored, as
// the real one does.
class CustomerFilter {
 public:
  explicit CustomerFilter(const json::object& asked) : is_nothing_{is_only_api(asked)}, changed_{asked} {
    if (const auto* filter = asked.if_contains("clientesFiltro")) read(filter->get_object());
    if (const auto* codes = asked.if_contains("clientesPorCodigo"))
      for (const auto& code : codes->get_array())
        codes_.insert(number_of(code.get_object(), "codigo_cliente_omie").value_or(0));
  }

  [[nodiscard]] bool passes(const Customer& customer) const {
    return !is_nothing_ && changed_.has(customer.created, customer.changed) && (!id_ || customer.id == *id_) &&
           (codes_.empty() || codes_.contains(customer.id)) && (!needs_customer_ || customer.is_customer) &&
           (!needs_supplier_ || customer.is_supplier) &&
           (inactive_.empty() || inactive_ == flag(customer.is_inactive)) &&
           (integration_.empty() || customer.integration == integration_) && has_texts(customer);
  }

 private:
  void read(const json::object& filter) {
    id_ = number_of(filter, "codigo_cliente_omie");
    name_ = text_of(filter, "razao_social"), trade_name_ = text_of(filter, "nome_fantasia");
    tax_id_ = digits(text_of(filter, "cnpj_cpf")), inactive_ = text_of(filter, "inativo");
    integration_ = text_of(filter, "codigo_cliente_integracao");
    const auto* tags = filter.if_contains("tags");
    if (!tags) return;
    for (const auto& each : tags->get_array()) {
      const std::string tag = text_of(each.get_object(), "tag");
      needs_customer_ |= tag == "Cliente", needs_supplier_ |= tag == "Fornecedor";
      is_nothing_ |= tag != "Cliente" && tag != "Fornecedor";
    }
  }
  [[nodiscard]] bool has_texts(const Customer& customer) const {
    return (name_.empty() || contains_ignoring_case(customer.name, name_)) &&
           (trade_name_.empty() || contains_ignoring_case(customer.trade_name, trade_name_)) &&
           (tax_id_.empty() || digits(customer.tax_id) == tax_id_);
  }

  bool is_nothing_, needs_customer_ = false, needs_supplier_ = false;
  std::optional<Id> id_;
  std::set<Id> codes_;
  std::string name_, trade_name_, tax_id_, inactive_, integration_;
  ChangeRange changed_;
};

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

using Before = bool (*)(const Customer&, const Customer&);

Before order_of(const std::string& asked) {
  if (asked == "RAZAO_SOCIAL") return [](const Customer& a, const Customer& b) { return a.name < b.name; };
  if (asked == "NOME_FANTASIA") return [](const Customer& a, const Customer& b) { return a.trade_name < b.trade_name; };
  if (asked == "DATA_ALTERACAO") return [](const Customer& a, const Customer& b) { return a.changed < b.changed; };
  return nullptr;
}

Reply list_wanted(const Question& question, json::object (*write)(const Customer&)) {
  const CustomerFilter wanted{question.parameters};
  return list(
      question, question.company.customers, [&](const Customer& customer) { return wanted.passes(customer); }, write,
      order_of(text_of(question.parameters, "ordenar_por")));
}

}  // namespace

Reply list_customers(const Question& question) { return list_wanted(question, write_customer); }
Reply list_customers_briefly(const Question& question) { return list_wanted(question, write_customer_briefly); }

Reply get_customer(const Question& question) {
  const auto id = number_of(question.parameters, "codigo_cliente_omie").value_or(0);
  if (const Customer* found = question.company.find_customer(id)) return write_customer(*found);
  return client_fault(103, "Cliente não cadastrado para o Código [" + std::to_string(id) + "] !");
}

}  // namespace omie_simulator
