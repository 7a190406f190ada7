// The small tables that every company has: units, instalments, banks, kinds of documents, cities, steps of an order.
#include "answers.hpp"
#include "listing.hpp"

#include <set>

namespace omie_simulator {
namespace {

struct Row {
  const char* code;
  const char* text;
  const char* more = "";
};

const std::vector<Row> units{{"CX", "CAIXA"}, {"KG", "QUILOGRAMA"}, {"RL", "ROLO"}, {"UN", "UNIDADE"}};
const std::vector<Row> kinds_of_documents{
    {"99999", "Outros"}, {"BOL", "Boleto"}, {"DIN", "Dinheiro"}, {"NF", "Nota Fiscal"}, {"PIX", "PIX"}};
const std::vector<Row> instalments{{"000", "A Vista", "1"},
                                   {"001", "1 Parcela", "1"},
                                   {"002", "2 Parcelas", "2"},
                                   {"003", "3 Parcelas", "3"},
                                   {"999", "Informar o número de parcelas", "0"}};
const std::vector<Row> banks{{"001", "BANCO DO BRASIL"}, {"033", "SANTANDER"}, {"104", "CAIXA ECONOMICA FEDERAL"},
                             {"237", "BRADESCO"},        {"341", "ITAU"},      {"999", "CAIXINHA"}};
const std::vector<Row> cities{{"BELO HORIZONTE (MG)", "3106200", "MG"}, {"CURITIBA (PR)", "4106902", "PR"},
                              {"PORTO ALEGRE (RS)", "4314902", "RS"},   {"RECIFE (PE)", "2611606", "PE"},
                              {"SALVADOR (BA)", "2927408", "BA"},       {"SAO PAULO (SP)", "3550308", "SP"},
                              {"SOROCABA (SP)", "3552205", "SP"}};
const std::vector<Row> steps{{"00", "Proposta"}, {"10", "Pedido de Venda"}, {"20", "Separar Estoque"},
                             {"50", "Faturar"},  {"60", "Faturado"},        {"70", "Entrega"}};

// A table without pages, whole or one row of it.
Reply whole(const Question& question, const std::vector<Row>& rows) {
  const std::string code = text_of(question.parameters, "codigo");
  json::array out;
  for (const auto& row : rows)
    if (code.empty() || code == row.code) out.push_back(json::object{{"codigo", row.code}, {"descricao", row.text}});
  return json::object{{question.call.list, std::move(out)}};
}

}  // namespace

Reply list_units(const Question& question) { return whole(question, units); }
Reply list_kinds_of_documents(const Question& question) { return whole(question, kinds_of_documents); }

Reply list_instalments(const Question& question) {
  return list(question, instalments, [](const Row& row) {
    return json::object{{"cDescricao", row.text}, {"nCodigo", row.code}, {"nParcelas", std::stoi(row.more)}};
  });
}

Reply list_banks(const Question& question) {
  return list(question, banks, [](const Row& row) {
    return json::object{{"codigo", row.code}, {"nome", row.text}, {"tipo", "CC"}};
  });
}

Reply list_cities(const Question& question) {
  const std::string part = text_of(question.parameters, "filtrar_cidade_contendo"),
                    state = text_of(question.parameters, "filtrar_por_uf");
  const auto keep = [&](const Row& row) {
    return contains_ignoring_case(row.code, part) && (state.empty() || state == row.more);
  };
  return list(question, cities, keep, [](const Row& row) {
    const std::string name{row.code};
    return json::object{
        {"cCod", name}, {"cNome", name.substr(0, name.find(" ("))}, {"cUF", row.more}, {"nCodIBGE", row.text}};
  });
}

Reply list_steps(const Question& question) {
  json::array all;
  for (const auto& row : steps)
    all.push_back(
        json::object{{"cCodigo", row.code}, {"cDescrPadrao", row.text}, {"cDescricao", row.text}, {"cInativo", "N"}});
  const std::vector<const json::array*> one{&all};
  return page_of(question.call, question.parameters, question.options, one, [](const json::array& stages) {
    return json::object{{"cCodOperacao", "11"}, {"cDescOperacao", "Venda de Produto"}, {"etapas", stages}};
  });
}

Reply list_tags(const Question& question) {
  const Customer* customer = question.company.find_customer(number_of(question.parameters, "nCodCliente").value_or(0));
  if (!customer) return client_fault(103, "Cliente não cadastrado para o Código informado!");
  json::array tags;
  if (customer->is_customer) tags.push_back(json::object{{"nCodTag", 1}, {"tag", "Cliente"}});
  if (customer->is_supplier) tags.push_back(json::object{{"nCodTag", 2}, {"tag", "Fornecedor"}});
  return json::object{
      {"cCodIntCliente", customer->integration}, {"nCodCliente", customer->id}, {"tagsLista", std::move(tags)}};
}

}  // namespace omie_simulator
