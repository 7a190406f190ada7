// Payables and receivables: as registers of their own and as movements, which also know what was paid.
#include "answers.hpp"
#include "filters.hpp"
#include "paging.hpp"
#include "title_filter.hpp"

namespace omie_simulator {
namespace {

json::object write_title(const Title& title, Day today) {
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
      {"status_titulo", status(title, today)},
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

}  // namespace

Reply list_titles(const Question& question) {
  const Company& company = question.company;
  const auto wanted = TitleFilter::of_register(question.parameters, question.call.name == "ListarContasPagar");
  const auto found = filter(company.titles, [&](const Title& title) { return wanted.passes(title, company); });
  return page_of(question.call, question.parameters, question.options, found,
                 [&](const Title& title) { return write_title(title, company.today); });
}

Reply list_movements(const Question& question) {
  const Company& company = question.company;
  const auto wanted = TitleFilter::of_movements(question.parameters);
  const auto found = filter(company.titles, [&](const Title& title) { return wanted.passes(title, company); });
  return page_of(question.call, question.parameters, question.options, found,
                 [&](const Title& title) { return write_movement(title, company); });
}

}  // namespace omie_simulator
