#include "title_filter.hpp"

namespace omie_simulator {

Standing standing(const Title& title, Day today) {
  if (title.is_cancelled) return Standing::cancelled;
  if (title.paid >= title.amount) return Standing::settled;
  if (title.due == today) return Standing::due_today;
  return title.due < today ? Standing::late : Standing::open;
}

std::string_view status(const Title& title, Day today) {
  switch (standing(title, today)) {
    case Standing::cancelled:
      return "CANCELADO";
    case Standing::settled:
      return title.is_payable ? "PAGO" : "RECEBIDO";
    case Standing::due_today:
      return "VENCE HOJE";
    case Standing::late:
      return "ATRASADO";
    default:
      return "A VENCER";
  }
}

TitleFilter::TitleFilter(const json::object& asked, const Tags& tags)
    : is_nothing_{is_only_api(asked)},
      status_{text_of(asked, tags.status)},
      category_{text_of(asked, "cCodCateg")},
      tax_id_{digits(text_of(asked, tags.tax_id))},
      document_{text_of(asked, "cNumTitulo")},
      invoice_{text_of(asked, "cNumDocFiscal")},
      kind_{text_of(asked, "cTipo")},
      integration_{text_of(asked, "cCodIntTitulo")},
      id_{number_of(asked, "nCodTitulo")},
      customer_{number_of(asked, tags.customer)},
      account_{number_of(asked, tags.account)},
      project_{number_of(asked, tags.project)},
      salesperson_{number_of(asked, tags.salesperson)},
      service_order_{number_of(asked, "nCodOS")},
      issued_{asked, tags.issued_from, tags.issued_to},
      entered_{asked, tags.entered_from, tags.entered_to},
      due_{asked, "dDtVencDe", "dDtVencAte"},
      paid_{asked, "dDtPagtoDe", "dDtPagtoAte"},
      expected_{asked, "dDtPrevDe", "dDtPrevAte"},
      created_{asked, "dDtIncDe", "dDtIncAte"},
      altered_{asked, "dDtAltDe", "dDtAltAte"},
      changed_{asked} {}

TitleFilter TitleFilter::of_register(const json::object& asked, bool is_payable) {
  TitleFilter out{asked,
                  {"filtrar_por_status", "filtrar_cliente", "filtrar_por_cpf_cnpj", "filtrar_conta_corrente",
                   "filtrar_por_projeto", "filtrar_por_vendedor", "filtrar_por_emissao_de", "filtrar_por_emissao_ate",
                   "filtrar_por_registro_de", "filtrar_por_registro_ate"}};
  out.is_payable_ = is_payable;
  out.is_open_only_ = text_of(asked, "filtrar_apenas_titulos_em_aberto") == "S";
  return out;
}

TitleFilter TitleFilter::of_movements(const json::object& asked) {
  TitleFilter out{asked,
                  {"cStatus", "nCodCliente", "cCPFCNPJCliente", "nCodCC", "nCodProjeto", "nCodVendedor", "dDtEmisDe",
                   "dDtEmisAte", "dDtRegDe", "dDtRegAte"}};
  const std::string nature = text_of(asked, "cNatureza"), kind = text_of(asked, "cTpLancamento");
  const bool is_of_titles = kind.empty() || kind == "CP" || kind == "CR" || kind == "CPCR";
  const auto is_contrary = [&](const char* wrong_kind) { return kind == wrong_kind; };
  out.is_nothing_ = !is_of_titles || (nature == "P" && is_contrary("CR")) || (nature == "R" && is_contrary("CP"));
  if (nature == "P" || kind == "CP") out.is_payable_ = true;
  if (nature == "R" || kind == "CR") out.is_payable_ = false;
  return out;
}

bool TitleFilter::has_status(const Title& title, Day today) const {
  if (status_.empty() && !is_open_only_) return true;
  const Standing is = standing(title, today);
  const bool is_open = is != Standing::settled && is != Standing::cancelled;
  if (is_open_only_ && !is_open) return false;
  if (status_.empty()) return true;
  if (status_ == "EMABERTO") return is_open;
  if (status_ == "PAGO" || status_ == "LIQUIDADO") return is == Standing::settled;
  if (status_ == "PAGTO_PARCIAL") return is_open && title.paid > 0;
  if (status_ == "VENCEHOJE") return is == Standing::due_today;
  if (status_ == "AVENCER") return is == Standing::open;
  return is == (status_ == "ATRASADO" ? Standing::late : Standing::cancelled);
}

bool TitleFilter::has_texts(const Title& title) const {
  return (category_.empty() || title.category == category_) && (document_.empty() || title.document == document_) &&
         (invoice_.empty() || title.invoice == invoice_) && (kind_.empty() || title.kind == kind_) &&
         (integration_.empty() || title.integration == integration_);
}

bool TitleFilter::is_of(const Title& title, const Company& company) const {
  return (!id_ || title.id == *id_) && (!customer_ || title.customer == *customer_) &&
         (!account_ || title.account == *account_) && (!project_ || title.project == *project_) &&
         (!salesperson_ || title.salesperson == *salesperson_) &&
         (!service_order_ || title.service_order == *service_order_) && has_texts(title) &&
         (tax_id_.empty() || digits(company.customer(title.customer).tax_id) == tax_id_);
}

bool TitleFilter::passes(const Title& title, const Company& company) const {
  return !is_nothing_ && (!is_payable_ || title.is_payable == *is_payable_) &&
         changed_.has(title.created, title.changed) && altered_.has(day_of(title.changed)) &&
         has_status(title, company.today) && due_.has(title.due) && paid_.has(title.paid_on) &&
         issued_.has(title.issued) && entered_.has(title.issued) && expected_.has(title.expected) &&
         created_.has(day_of(title.created)) && is_of(title, company);
}

}  // namespace omie_simulator
