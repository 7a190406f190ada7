// Bank accounts, statements, payables, receivables, movements, the day's summary.
#include "answers.hpp"
#include "filters.hpp"
#include "paging.hpp"

namespace omie_simulator {
namespace {

std::vector<const Account*> accounts(const Question& question) {
  const bool is_active_only = text_of(question.parameters, "filtrar_apenas_ativo") == "S";
  const auto id = number_of(question.parameters, "codigo");
  return filter(question.company.accounts, [&](const Account& account) {
    return !(is_active_only && account.is_inactive) && (!id || account.id == *id);
  });
}

json::object write_account(const Account& account) {
  return {{"cCodCCInt", account.code},
          {"codigo_agencia", ""},
          {"codigo_banco", account.bank},
          {"descricao", account.description},
          {"inativo", flag(account.is_inactive)},
          {"nCodCC", account.id},
          {"nao_fluxo", "N"},
          {"nao_resumo", "N"},
          {"numero_conta_corrente", ""},
          {"pix_sn", "S"},
          {"saldo_data", "01/01/2024"},
          {"saldo_inicial", money(account.opening)},
          {"tipo_conta_corrente", account.kind},
          {"valor_limite", money(account.limit)}};
}

json::object write_account_briefly(const Account& account) {
  return {{"cCodCCInt", account.code},
          {"codigo_agencia", ""},
          {"codigo_banco", account.bank},
          {"conta_corrente", ""},
          {"descricao", account.description},
          {"nCodCC", account.id},
          {"saldo_data", "01/01/2024"},
          {"saldo_inicial", money(account.opening)},
          {"tipo", account.kind},
          {"valor_limite", money(account.limit)}};
}

bool has_status(const Title& title, Day today, std::string_view asked) {
  const std::string is = status(title, today);
  const bool is_settled = is == "PAGO" || is == "RECEBIDO";
  if (asked.empty()) return true;
  if (asked == "EMABERTO") return !is_settled && !title.is_cancelled;
  if (asked == "PAGO" || asked == "LIQUIDADO") return is_settled;
  if (asked == "PAGTO_PARCIAL") return !is_settled && title.paid > 0;
  if (asked == "VENCEHOJE") return is == "VENCE HOJE";
  return asked == (is == "A VENCER" ? "AVENCER" : is);
}

bool is_of(const Title& title, const Question& question, std::string_view customer_tag, std::string_view tax_id_tag,
           std::string_view account_tag) {
  const auto customer = number_of(question.parameters, customer_tag),
             account = number_of(question.parameters, account_tag);
  const std::string tax_id = digits(text_of(question.parameters, tax_id_tag));
  return (!customer || title.customer == *customer) && (!account || title.account == *account) &&
         (tax_id.empty() || digits(question.company.customer(title.customer).tax_id) == tax_id);
}

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
      {"info", stamp(title.issued, title.changed)},
      {"numero_documento", title.document},
      {"numero_documento_fiscal", ""},
      {"numero_parcela", title.installment},
      {"status_titulo", status(title, today)},
      {"valor_documento", money(title.amount)}};
  out[title.is_payable ? "data_entrada" : "data_registro"] = text(title.issued);
  if (!title.is_payable) out["tipo_agrupamento"] = "I";
  return out;
}

bool matches_movement(const Title& title, const Question& question) {
  const json::object& asked = question.parameters;
  const std::string nature = text_of(asked, "cNatureza"), kind = text_of(asked, "cTpLancamento"),
                    category = text_of(asked, "cCodCateg");
  const auto id = number_of(asked, "nCodTitulo");
  const bool is_kind = kind.empty() || kind == "CPCR" || kind == (title.is_payable ? "CP" : "CR");
  return is_kind && (nature.empty() || (nature == "P") == title.is_payable) &&
         (category.empty() || title.category == category) && (!id || title.id == *id) &&
         has_status(title, question.company.today, text_of(asked, "cStatus")) &&
         is_of(title, question, "nCodCliente", "cCPFCNPJCliente", "nCodCC") &&
         is_between(title.due, asked, "dDtVencDe", "dDtVencAte") &&
         is_between(title.paid_on, asked, "dDtPagtoDe", "dDtPagtoAte") &&
         is_between(title.issued, asked, "dDtEmisDe", "dDtEmisAte") &&
         is_between(title.expected, asked, "dDtPrevDe", "dDtPrevAte") &&
         is_between(title.issued, asked, "dDtRegDe", "dDtRegAte") &&
         is_between(title.issued, asked, "dDtIncDe", "dDtIncAte") &&
         is_between(title.changed, asked, "dDtAltDe", "dDtAltAte");
}

json::object write_movement(const Title& title, const Company& company) {
  const Cents open = title.is_cancelled ? 0 : title.amount - title.paid;
  json::object details{{"cCPFCNPJCliente", company.customer(title.customer).tax_id},
                       {"cCodCateg", title.category},
                       {"cGrupo", title.is_payable ? "CONTA_A_PAGAR" : "CONTA_A_RECEBER"},
                       {"cNatureza", title.is_payable ? "P" : "R"},
                       {"cNumParcela", title.installment},
                       {"cNumTitulo", title.document},
                       {"cOrigem", title.is_payable ? "MANP" : "MANR"},
                       {"cStatus", status(title, company.today)},
                       {"cTipo", title.kind},
                       {"dDtEmissao", text(title.issued)},
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

json::object write_entry(const Title& title, const Company& company, Cents balance) {
  return {{"cCodCategoria", title.category},
          {"cNatureza", title.is_payable ? "P" : "R"},
          {"cOrigem", "Baixa"},
          {"cRazCliente", company.customer(title.customer).name},
          {"cSituacao", "Não conciliado"},
          {"cTipoDocumento", title.kind},
          {"dDataLancamento", text(*title.paid_on)},
          {"nCodCliente", title.customer},
          {"nCodLancamento", title.id},
          {"nSaldo", money(balance)},
          {"nValorDocumento", money(title.is_payable ? -title.paid : title.paid)}};
}

json::object outlook(const Company& company, Day day, bool is_payable) {
  std::int64_t count = 0;
  Cents total = 0, late = 0;
  for (const auto& title : company.titles) {
    if (title.is_payable != is_payable || title.is_cancelled || title.paid >= title.amount || title.due > day) continue;
    ++count, total += title.amount - title.paid;
    if (title.due < day) late += title.amount - title.paid;
  }
  return {{"cCor", ""}, {"cIcone", ""}, {"nTotal", count}, {"vAtraso", money(late)}, {"vTotal", money(total)}};
}

}  // namespace

Reply list_accounts(const Question& question) {
  return page_of(question.call, question.parameters, question.options, accounts(question), write_account);
}

Reply list_accounts_briefly(const Question& question) {
  return page_of(question.call, question.parameters, question.options, accounts(question), write_account_briefly);
}

Reply get_statement(const Question& question) {
  const Company& company = question.company;
  const auto id = number_of(question.parameters, "nCodCC");
  const std::string code = text_of(question.parameters, "cCodIntCC");
  if (!id && code.empty()) return client_fault(1002, "Tag [nCodCC] ou [cCodIntCC] é de preenchimento obrigatório!");
  const auto found =
      filter(company.accounts, [&](const Account& account) { return id ? account.id == *id : account.code == code; });
  if (found.empty()) return client_fault(103, "Conta corrente não cadastrada!");
  const Account& account = *found.front();
  const Day first =
      read_day(text_of(question.parameters, "dPeriodoInicial")).value_or(company.today - std::chrono::days{30});
  const Day last = read_day(text_of(question.parameters, "dPeriodoFinal")).value_or(company.today);
  auto entries = filter(company.titles, [&](const Title& title) {
    return title.account == account.id && title.paid_on && *title.paid_on >= first && *title.paid_on <= last;
  });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Title* a, const Title* b) { return *a->paid_on < *b->paid_on; });
  const Cents before = company.balance(account, first - std::chrono::days{1}), now = company.balance(account, last);
  json::array list;
  Cents running = before;
  for (const Title* entry : entries) {
    running += entry->is_payable ? -entry->paid : entry->paid;
    list.push_back(write_entry(*entry, company, running));
  }
  if (text_of(question.parameters, "cExibirApenasSaldo") == "S") list.clear();
  return json::object{{"cCodIntCC", account.code},
                      {"cDescricao", account.description},
                      {"dPeriodoFinal", text(last)},
                      {"dPeriodoInicial", text(first)},
                      {"listaMovimentos", std::move(list)},
                      {"nCodCC", account.id},
                      {"nLimiteCreditoTotal", money(account.limit)},
                      {"nSaldoAnterior", money(before)},
                      {"nSaldoAtual", money(now)},
                      {"nSaldoConciliado", 0},
                      {"nSaldoDisponivel", money(now + account.limit)},
                      {"nSaldoProvisorio", money(now)}};
}

Reply list_titles(const Question& question) {
  const json::object& asked = question.parameters;
  const Company& company = question.company;
  const bool is_payable = question.call.name == "ListarContasPagar";
  const bool is_open_only = text_of(asked, "filtrar_apenas_titulos_em_aberto") == "S";
  const auto found = filter(company.titles, [&](const Title& title) {
    return title.is_payable == is_payable && !is_only_api(asked) &&
           has_status(title, company.today, text_of(asked, "filtrar_por_status")) &&
           (!is_open_only || has_status(title, company.today, "EMABERTO")) &&
           is_of(title, question, "filtrar_cliente", "filtrar_por_cpf_cnpj", "filtrar_conta_corrente") &&
           is_between(title.issued, asked, "filtrar_por_emissao_de", "filtrar_por_emissao_ate") &&
           is_between(title.issued, asked, "filtrar_por_registro_de", "filtrar_por_registro_ate") &&
           is_changed_between(title.issued, title.changed, asked);
  });
  return page_of(question.call, asked, question.options, found,
                 [&](const Title& title) { return write_title(title, company.today); });
}

Reply list_movements(const Question& question) {
  const auto found =
      filter(question.company.titles, [&](const Title& title) { return matches_movement(title, question); });
  return page_of(question.call, question.parameters, question.options, found,
                 [&](const Title& title) { return write_movement(title, question.company); });
}

Reply get_summary(const Question& question) {
  const Company& company = question.company;
  const Day day = read_day(text_of(question.parameters, "dDia")).value_or(company.today);
  Cents total = 0, limit = 0;
  for (const auto& account : company.accounts) total += company.balance(account, day), limit += account.limit;
  json::object out{
      {"contaCorrente",
       json::object{{"cCor", ""}, {"cIcone", ""}, {"vLimiteCredito", money(limit)}, {"vTotal", money(total)}}},
      {"contaPagar", outlook(company, day, true)},
      {"contaReceber", outlook(company, day, false)},
      {"dDia", text(day)}};
  if (is_true(question.parameters, "lApenasResumo")) return out;
  for (const char* list : {"contaPagarAtraso", "contaReceberAtraso", "contaPagarCategoria", "contaReceberCategoria"})
    out[list] = json::array{};
  return out;
}

}  // namespace omie_simulator
