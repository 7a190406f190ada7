#include "tools/compat.hpp"
#include "tools/envelope.hpp"

#include <utility>

namespace tomada::erp::tools::compat {
namespace {

constexpr std::array<std::string_view, 5> states{"A VENCER", "ATRASADO", "PARCIAL", "PAGO", "CANCELADO"};

// "pago" and "recebido" are the same question from two sides, as are "a_pagar", "a_receber" and "aberto".
TitleFilter filter_of(const std::string& status) {
  if (status == "vencido") return TitleFilter::overdue;
  if (status == "a_vencer") return TitleFilter::due;
  if (status == "pago" || status == "recebido") return TitleFilter::paid;
  if (status == "aberto" || status == "a_pagar" || status == "a_receber") return TitleFilter::open;
  return TitleFilter::all;
}

json::object row_of(const Title& title) {
  json::object row{{"codigo", title.id},
                   {"numero_documento", title.document},
                   {"numero_parcela", title.installment},
                   {"codigo_cliente_fornecedor", title.partner.id},
                   {"nome", title.partner.name},
                   {"cnpj_cpf", title.partner.tax_id},
                   {"categoria", title.category},
                   {"data_emissao", title.issued_on.brazilian()},
                   {"data_vencimento", title.due_on.brazilian()},
                   {"valor_documento", title.amount.text()},
                   {"valor_pago", title.paid.text()},
                   {"valor_aberto", title.open.text()},
                   {"status_titulo", std::string{states[static_cast<std::size_t>(title.status)]}}};
  if (title.paid_on) row["data_pagamento"] = title.paid_on->brazilian();
  return row;
}

Reading reading_of(const TitlePage& page, Slice slice) {
  json::array rows;
  for (const auto& title : page.items) rows.push_back(row_of(title));
  auto facts = page_facts(slice, page.total, "contas", std::move(rows));
  facts["resumo"] = json::object{
      {"valor_total", page.amount.text()}, {"valor_aberto", page.open.text()}, {"valor_vencido", page.overdue.text()}};
  return {std::move(facts), page};
}

Answer titles(Direction direction, const char* partner_filter, Source& source, const json::object& arguments,
              const Request& request) {
  const Arguments read{arguments};
  TitleQuery query;
  query.direction = direction;
  query.due_from = read.brazilian_date("data_inicio");
  query.due_to = read.brazilian_date("data_fim");
  read.check_order("data_inicio", query.due_from, "data_fim", query.due_to);
  query.status = filter_of(read.text("status"));
  query.partner = read.text(partner_filter);
  query.slice = slice_of(read, 20);
  return answer(source, arguments, request, [&] { return reading_of(source.titles(query, request), query.slice); });
}

}  // namespace

Answer consultar_contas_pagar(Source& source, const json::object& arguments, const Request& request) {
  return titles(Direction::payable, "filtro_fornecedor", source, arguments, request);
}

Answer consultar_contas_receber(Source& source, const json::object& arguments, const Request& request) {
  return titles(Direction::receivable, "filtro_cliente", source, arguments, request);
}

}  // namespace tomada::erp::tools::compat
