// Payables and receivables: as registers of their own and as movements, which also know what was paid.
#include "answers.hpp"
#include "listing.hpp"
#include "title_filter.hpp"

namespace omie_simulator {
namespace {

json::object write_title(const Title& title, const Company& company) {
  json::object out{
      {"categorias", json::array{json::object{
                         {"codigo_categoria", title.category}, {"percentual", 100}, {"valor", money(title.amount)}}}},
      {"codigo_categoria", title.category},
      {"codigo_cliente_fornecedor", title.customer},
      {"codigo_lancamento_integracao", title.integration},
      {"codigo_lancamento_omie", title.id},
      {"codigo_projeto", 0},
      {"codigo_tipo_documento", title.kind},
      {"data_emissao", text(title.issued)},
      {"data_previsao", text(title.expected)},
      {"data_vencimento", text(title.due)},
      {"distribuicao", json::array{}},
      {"id_conta_corrente", title.account},
      {"id_origem", title.is_payable ? "MANP" : "MANR"},
      {"info", stamp(title.created, title.changed)},
      {"numero_documento", title.document},
      {"numero_documento_fiscal", ""},
      {"numero_parcela", title.installment},
      {"status_titulo", status(title, company.today)},
      {"valor_documento", money(title.amount)}};
  out[title.is_payable ? "data_entrada" : "data_registro"] = text(title.issued);
  if (!title.is_payable) out["tipo_agrupamento"] = "I";
  return out;
}

json::object write_movement(const Title& title, const Company& company) {
  const Cents open = title.is_cancelled ? 0 : title.amount - title.paid;
  json::object details{{"cCPFCNPJCliente", company.customer(title.customer).tax_id},
                       {"cCodCateg", title.category},
                       {"cGrupo", title.is_payable ? "CONTA_A_PAGAR" : "CONTA_A_RECEBER"},
                       {"cHrAlt", time_text(title.changed)},
                       {"cHrInc", time_text(title.created)},
                       {"cNatureza", title.is_payable ? "P" : "R"},
                       {"cNumParcela", title.installment},
                       {"cNumTitulo", title.document},
                       {"cOrigem", title.is_payable ? "MANP" : "MANR"},
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
                       {"nCodTitulo", title.id},
                       {"nValorTitulo", money(title.amount)}};
  json::object summary{{"cLiquidado", flag(open == 0 && !title.is_cancelled)},
                       {"nDesconto", 0},
                       {"nJuros", 0},
                       {"nMulta", 0},
                       {"nValAberto", money(open)},
                       {"nValLiquido", money(title.amount)},
                       {"nValPago", money(title.paid)}};
  return {{"categorias",
           json::array{json::object{
               {"cCodCateg", title.category}, {"nDistrPercentual", 100}, {"nDistrValor", money(title.amount)}}}},
          {"departamentos", json::array{}},
          {"detalhes", std::move(details)},
          {"resumo", std::move(summary)}};
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

Reply list_movements(const Question& question) {
  return list_wanted(question, TitleFilter::of_movements(question.parameters), write_movement, "cOrdenarPor");
}

}  // namespace omie_simulator
