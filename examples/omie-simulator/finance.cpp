// Bank accounts, their statements, the day's summary.
#include "answers.hpp"
#include "listing.hpp"

namespace omie_simulator {
namespace {

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

Reply list_wanted(const Question& question, json::object (*write)(const Account&)) {
  const bool is_active_only = text_of(question.parameters, "filtrar_apenas_ativo") == "S";
  const auto id = number_of(question.parameters, "codigo");
  const auto keep = [&](const Account& account) {
    return !(is_active_only && account.is_inactive) && (!id || account.id == *id);
  };
  return list(question, question.company.accounts, keep, write);
}

// What is open and due until a day, of one direction.
struct Outlook {
  std::int64_t count = 0;
  Cents total = 0, late = 0;

  void add(const Title& title, Day day) {
    const Cents open = title.amount - title.paid;
    ++count, total += open, late += title.due < day ? open : 0;
  }
  [[nodiscard]] json::object write() const {
    return {{"cCor", ""}, {"cIcone", ""}, {"nTotal", count}, {"vAtraso", money(late)}, {"vTotal", money(total)}};
  }
};

}  // namespace

Reply list_accounts(const Question& question) { return list_wanted(question, write_account); }
Reply list_accounts_briefly(const Question& question) { return list_wanted(question, write_account_briefly); }

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

Reply get_summary(const Question& question) {
  const Company& company = question.company;
  const Day day = read_day(text_of(question.parameters, "dDia")).value_or(company.today);
  Cents total = 0, limit = 0;
  for (const auto& account : company.accounts) total += account.opening, limit += account.limit;
  Outlook payable, receivable;
  for (const auto& title : company.titles) {
    if (title.paid_on && *title.paid_on <= day) total += title.is_payable ? -title.paid : title.paid;
    if (!title.is_cancelled && title.paid < title.amount && title.due <= day)
      (title.is_payable ? payable : receivable).add(title, day);
  }
  json::object out{
      {"contaCorrente",
       json::object{{"cCor", ""}, {"cIcone", ""}, {"vLimiteCredito", money(limit)}, {"vTotal", money(total)}}},
      {"contaPagar", payable.write()},
      {"contaReceber", receivable.write()},
      {"dDia", text(day)}};
  if (is_true(question.parameters, "lApenasResumo")) return out;
  for (const char* list : {"contaPagarAtraso", "contaReceberAtraso", "contaPagarCategoria", "contaReceberCategoria"})
    out[list] = json::array{};
  return out;
}

}  // namespace omie_simulator
