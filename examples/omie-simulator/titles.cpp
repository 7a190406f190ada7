// Payables and receivables: as registers of their own and as movements, which also know what was paid.
#include "answers.hpp"
#include "listing.hpp"
#include "title_filter.hpp"

namespace omie_simulator {
namespace {

const char* origin_of(const Title& title) {
  if (title.order) return "VENR";
  if (title.purchase) return "APIP";
  return title.is_payable ? "MANP" : "MANR";
}

json::object write_title(const Title& title, const Company& company) {
  json::object out{
      {"categorias", json::array{json::object{
                         {"codigo_categoria", title.category}, {"percentual", 100}, {"valor", money(title.amount)}}}},
      {"codigo_categoria", title.category},
      {"codigo_cliente_fornecedor", title.customer},
      {"codigo_lancamento_integracao", title.integration},
      {"codigo_lancamento_omie", title.id},
      {"codigo_projeto", title.project},
      {"codigo_tipo_documento", title.kind},
      {"codigo_vendedor", title.salesperson},
      {"data_emissao", text(title.issued)},
      {"data_previsao", text(title.expected)},
      {"data_vencimento", text(title.due)},
      {"distribuicao", json::array{}},
      {"id_conta_corrente", title.account},
      {"id_origem", origin_of(title)},
      {"info", stamp(title.created, title.changed)},
      {"numero_documento", title.document},
      {"numero_documento_fiscal", title.invoice},
      {"numero_parcela", title.installment},
      {"status_titulo", status(title, company.today)},
      {"valor_documento", money(title.amount)}};
  out[title.is_payable ? "data_entrada" : "data_registro"] = text(title.issued);
  if (!title.is_payable) out["tipo_agrupamento"] = "I";
  if (title.order) out["nCodPedido"] = title.order;
  if (title.service_order) out["nCodOS"] = title.service_order;
  return out;
}

// What both searches say of a title.
json::object write_details(const Title& title, const Company& company) {
  return {{"cCPFCNPJCliente", company.customer(title.customer).tax_id},
          {"cCodCateg", title.category},
          {"cGrupo", title.is_payable ? "CONTA_A_PAGAR" : "CONTA_A_RECEBER"},
          {"cHrAlt", time_text(title.changed)},
          {"cHrInc", time_text(title.created)},
          {"cNatureza", title.is_payable ? "P" : "R"},
          {"cNumParcela", title.installment},
          {"cNumTitulo", title.document},
          {"cCodIntTitulo", title.integration},
          {"cCodProjeto", title.project},
          {"cCodVendedor", title.salesperson},
          {"cNumDocFiscal", title.invoice},
          {"cOrigem", origin_of(title)},
          {"cStatus", status(title, company.today)},
          {"cTipo", title.kind},
          {"dDtAlt", text(day_of(title.changed))},
          {"dDtEmissao", text(title.issued)},
          {"dDtInc", text(day_of(title.created))},
          {"dDtPagamento", title.paid_on ? text(*title.paid_on) : ""},
          {"dDtPrevisao", text(title.expected)},
          {"dDtRegistro", text(title.issued)},
          {"dDtVenc", text(title.due)},
          {"nCodCC", title.account},
          {"nCodCliente", title.customer},
          {"nCodOS", title.service_order},
          {"nCodTitulo", title.id},
          {"nValorTitulo", money(title.amount)}};
}

json::object write_summary(const Title& title) {
  const Cents open = title.is_cancelled ? 0 : title.amount - title.paid;
  return {{"cLiquidado", flag(open == 0 && !title.is_cancelled)},
          {"nDesconto", 0},
          {"nJuros", 0},
          {"nMulta", 0},
          {"nValAberto", money(open)},
          {"nValLiquido", money(title.amount)},
          {"nValPago", money(title.paid)}};
}

json::object write_movement(const Title& title, const Company& company) {
  return {{"categorias",
           json::array{json::object{
               {"cCodCateg", title.category}, {"nDistrPercentual", 100}, {"nDistrValor", money(title.amount)}}}},
          {"departamentos", json::array{}},
          {"detalhes", write_details(title, company)},
          {"resumo", write_summary(title)}};
}

// PesquisarLancamentos: the same, with the payments one by one.
json::object write_found(const Title& title, const Company& company) {
  json::object head = write_details(title, company);
  for (const char* tag : {"cGrupo", "cHrAlt", "cHrInc", "dDtAlt", "dDtInc"}) head.erase(tag);
  head["aCodCateg"] =
      json::array{json::object{{"cCodCateg", title.category}, {"nPerc", 100}, {"nValor", money(title.amount)}}};
  head["departamentos"] = json::array{};
  head["info"] = stamp(title.created, title.changed);
  json::array payments;
  if (title.paid_on)
    payments.push_back(json::object{{"cCodIntLanc", ""},
                                    {"cNatureza", title.is_payable ? "P" : "R"},
                                    {"dDtLanc", text(*title.paid_on)},
                                    {"nCodCC", title.account},
                                    {"nCodLanc", title.id},
                                    {"nDesconto", 0},
                                    {"nJuros", 0},
                                    {"nMulta", 0},
                                    {"nValLanc", money(title.paid)}});
  return {{"cabecTitulo", std::move(head)}, {"lancamentos", std::move(payments)}, {"resumo", write_summary(title)}};
}

using Before = bool (*)(const Title&, const Title&);

// By ordenar_por; what is not here is in the order of the codes, which is that of the books.
Before order_of(const std::string& asked) {
  if (asked == "DATA_EMISSAO") return [](const Title& a, const Title& b) { return a.issued < b.issued; };
  if (asked == "DATA_INCLUSAO") return [](const Title& a, const Title& b) { return a.created < b.created; };
  if (asked == "DATA_ALTERACAO") return [](const Title& a, const Title& b) { return a.changed < b.changed; };
  if (asked == "DATA_VENCIMENTO") return [](const Title& a, const Title& b) { return a.due < b.due; };
  if (asked == "DATA_PAGAMENTO") return [](const Title& a, const Title& b) { return a.paid_on < b.paid_on; };
  if (asked == "CODIGO_INTEGRACAO") return [](const Title& a, const Title& b) { return a.integration < b.integration; };
  return nullptr;
}

Reply list_wanted(const Question& question, const TitleFilter& wanted,
                  json::object (*write)(const Title&, const Company&), const char* order_tag) {
  const Company& company = question.company;
  return list(
      question, company.titles, [&](const Title& title) { return wanted.passes(title, company); },
      [&](const Title& title) { return write(title, company); }, order_of(text_of(question.parameters, order_tag)));
}

}  // namespace

Reply list_titles(const Question& question) {
  const bool is_payable = question.call.name == "ListarContasPagar";
  return list_wanted(question, TitleFilter::of_register(question.parameters, is_payable), write_title, "ordenar_por");
}

Reply get_title(const Question& question) {
  const Company& company = question.company;
  const bool is_payable = question.call.name == "ConsultarContaPagar";
  const auto id = number_of(question.parameters, "codigo_lancamento_omie");
  const std::string code = text_of(question.parameters, "codigo_lancamento_integracao");
  const auto made = company.integrations.find((is_payable ? "payable " : "receivable ") + code);
  const Title* found = company.find_title(id ? *id : made == company.integrations.end() ? 0 : made->second);
  if (found && found->is_payable == is_payable) return write_title(*found, company);
  return client_fault(103, "Lançamento não cadastrado para o Código [" + (id ? std::to_string(*id) : code) + "] !");
}

Reply search_titles(const Question& question) {
  return list_wanted(question, TitleFilter::of_movements(question.parameters), write_found, "cOrdenarPor");
}

Reply list_movements(const Question& question) {
  return list_wanted(question, TitleFilter::of_movements(question.parameters), write_movement, "cOrdenarPor");
}

}  // namespace omie_simulator
