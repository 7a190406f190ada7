// What is open on a day, what a month was to bring, and what went through the accounts: titles seen from elsewhere.
#include "answers.hpp"
#include "listing.hpp"
#include "title_filter.hpp"

#include <map>

namespace omie_simulator {
namespace {

// The titles that ObterResumoFinancas counts on that day, of one direction.
struct OpenOn {
  Day day;
  bool is_payable;

  explicit OpenOn(const Question& question)
      : day{read_day(text_of(question.parameters, "dDia")).value_or(question.company.today)},
        is_payable{text_of(question.parameters, "cTipo") == "P"} {}
  [[nodiscard]] bool has(const Title& title) const {
    return title.is_payable == is_payable && !title.is_cancelled && title.paid < title.amount && title.due <= day;
  }
};

std::string description_of(const Company& company, const std::string& code) {
  for (const auto& category : company.categories)
    if (category.code == code) return category.description;
  return {};
}

Fault missing_direction() { return client_fault(1035, "O preenchimento da tag [cTipo] é obrigatório!"); }

}  // namespace

Reply list_open(const Question& question) {  // ObterListaEmAberto
  if (text_of(question.parameters, "cTipo").empty()) return missing_direction();
  const OpenOn open{question};
  const Company& company = question.company;
  return list(
      question, company.titles, [&](const Title& title) { return open.has(title); },
      [&](const Title& title) {
        return json::object{{"cCodCateg", title.category},
                            {"cDescCateg", description_of(company, title.category)},
                            {"cNomeCliente", company.customer(title.customer).name},
                            {"dEmissao", text(title.issued)},
                            {"dVencimento", text(title.due)},
                            {"nDiasAtraso", (open.day - title.due).count()},
                            {"nIdCliente", title.customer},
                            {"nIdTitulo", title.id},
                            {"vDoc", money(title.amount - title.paid)}};
      });
}

Reply list_open_of_category(const Question& question) {  // ObterListaFinancas
  if (text_of(question.parameters, "cTipo").empty()) return missing_direction();
  const OpenOn open{question};
  const Company& company = question.company;
  const std::string category = text_of(question.parameters, "cCodCateg");
  json::array out;
  for (const auto& title : company.titles)
    if (open.has(title) && (category.empty() || title.category == category))
      out.push_back(json::object{{"cNomeCliente", company.customer(title.customer).name},
                                 {"cNumDocumento", title.document},
                                 {"cNumDocumentoFiscal", title.invoice},
                                 {"dEmissao", text(title.issued)},
                                 {"dPrevisao", text(title.expected)},
                                 {"dVencimento", text(title.due)},
                                 {"nIdCliente", title.customer},
                                 {"nIdConta", title.account},
                                 {"nIdTitulo", title.id},
                                 {"vDoc", money(title.amount - title.paid)}});
  return json::object{{"listaDetalhesFinancas", std::move(out)}};
}

// ListarOrcamentos: by category, what falls due in the month and what was paid in it.
Reply list_budget(const Question& question) {
  const auto year = number_of(question.parameters, "nAno"), month = number_of(question.parameters, "nMes");
  if (!year || !month) return client_fault(1035, "O preenchimento das tags [nAno] e [nMes] é obrigatório!");
  const auto is_of_month = [&](Day day) {
    const std::chrono::year_month_day date{day};
    return static_cast<int>(date.year()) == *year && static_cast<unsigned>(date.month()) == *month;
  };
  std::map<std::string, std::pair<Cents, Cents>> sums;
  for (const auto& title : question.company.titles) {
    if (!title.is_cancelled && is_of_month(title.due)) sums[title.category].first += title.amount;
    if (title.paid_on && is_of_month(*title.paid_on)) sums[title.category].second += title.paid;
  }
  json::array out;
  for (const auto& [code, sum] : sums)
    out.push_back(json::object{{"cCodCateg", code},
                               {"cDesCateg", description_of(question.company, code)},
                               {"nValorPrevisto", money(sum.first)},
                               {"nValorRealilzado", money(sum.second)}});
  return json::object{
      {"ListaOrcamentos", std::move(out)}, {"nAno", std::to_string(*year)}, {"nMes", std::to_string(*month)}};
}

// ListarLancCC: every payment as the entry that it is in its account's statement.
Reply list_entries(const Question& question) {
  const json::object& asked = question.parameters;
  const std::string origin = text_of(asked, "cOrigem");
  const DayRange paid{asked, "dtPagInicial", "dtPagFinal"}, created{asked, "dDtIncDe", "dDtIncAte"},
      changed{asked, "dDtAltDe", "dDtAltAte"};
  const auto origin_of = [](const Title& title) { return title.is_payable ? "BAXP" : "BAXR"; };
  const auto keep = [&](const Title& title) {
    return title.paid_on && paid.has(title.paid_on) && created.has(day_of(title.created)) &&
           changed.has(day_of(title.changed)) && (origin.empty() || origin == origin_of(title));
  };
  return list(question, question.company.titles, keep, [&](const Title& title) {
    return json::object{
        {"cCodIntLanc", ""},
        {"cabecalho",
         json::object{{"dDtLanc", text(*title.paid_on)}, {"nCodCC", title.account}, {"nValorLanc", money(title.paid)}}},
        {"departamentos", json::array{}},
        {"detalhes", json::object{{"cCodCateg", title.category},
                                  {"cNumDoc", title.document},
                                  {"cTipo", title.kind},
                                  {"nCodCliente", title.customer},
                                  {"nCodProjeto", title.project}}},
        {"diversos", json::object{{"cNatureza", title.is_payable ? "P" : "R"},
                                  {"cOrigem", origin_of(title)},
                                  {title.is_payable ? "nCodLancCP" : "nCodLancCR", title.id}}},
        {"info", stamp(title.created, title.changed)},
        {"nCodLanc", title.id}};
  });
}

}  // namespace omie_simulator
