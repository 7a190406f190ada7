#include "omie/mapping.hpp"

#include <algorithm>

namespace tomada::erp::omie {
namespace {

bool has_tag(const Record& record, std::string_view tag) {
  const auto* tags = record.list("tags");
  if (!tags) return false;
  return std::ranges::any_of(
      *tags, [tag](const auto& each) { return each.is_object() && Record{each.get_object()}.text("tag") == tag; });
}

std::string phone_from(const Record& record) {
  const auto area = record.text("telefone1_ddd"), number = record.text("telefone1_numero");
  return area.empty() || number.empty() ? number : "(" + area + ") " + number;
}

OrderStatus order_status(const Record& head, const Record& state) {
  if (state.is_yes("cancelado")) return OrderStatus::cancelled;
  const auto step = head.text("etapa");
  if (state.is_yes("faturado") || step == "60" || step == "70") return OrderStatus::invoiced;
  return step == "00" ? OrderStatus::quote : OrderStatus::open;
}

OrderItem item_from(const Record& line) {
  const auto product = line.part("produto");
  return {product.text("codigo"), product.text("descricao"), product.required_number("quantidade"),
          product.required_money("valor_unitario"), product.required_money("valor_total")};
}

// What is paid and open, and the status: from what Omie says in so many words, never from what it leaves out. A cStatus
// of PAGO says only that something was paid.
void settle(Title& title, std::string_view status, const Record& summary, Date today) {
  const auto none = Decimal::from_units(0, 2);
  const bool is_cancelled = status == "CANCELADO", is_settled = summary.is_yes("cLiquidado");
  title.paid = is_cancelled ? summary.money("nValPago") : summary.required_money("nValPago");
  title.open = is_cancelled || is_settled ? none : summary.required_money("nValAberto");
  title.status = is_cancelled ? TitleStatus::cancelled : is_settled ? TitleStatus::paid : status_of(title, today);
}

std::string account_kind(std::string_view code) {
  if (code == "CC") return "checking";
  if (code == "CP") return "savings";
  if (code == "CX") return "cash";
  if (code == "CA" || code == "AC") return "investment";
  return code == "CR" || code == "CV" ? "card" : "other";
}

}  // namespace

Partner partner_from(const Record& record) {
  Partner out;
  out.id = record.id("codigo_cliente_omie");
  out.name = record.text("razao_social");
  out.trade_name = record.text("nome_fantasia");
  out.tax_id = record.text("cnpj_cpf");
  out.city = record.text("cidade");
  out.city = out.city.substr(0, out.city.find(" ("));  // "SOROCABA (SP)"
  out.state = record.text("estado");
  out.email = record.text("email");
  out.phone = phone_from(record);
  out.is_supplier = has_tag(record, "Fornecedor");
  out.is_customer = has_tag(record, "Cliente") || !out.is_supplier;  // without a tag it was made by a sale
  out.is_active = !record.is_yes("inativo");
  return out;
}

Category category_from(const Record& record) {
  Category out;
  out.code = record.text("codigo");
  out.description = record.text("descricao");
  out.kind = record.is_yes("transferencia")   ? CategoryKind::transfer
             : record.is_yes("conta_despesa") ? CategoryKind::expense
                                              : CategoryKind::revenue;
  out.is_group = record.is_yes("totalizadora");
  out.is_active = !record.is_yes("conta_inativa");
  return out;
}

Department department_from(const Record& record) {
  return {record.text("codigo"), record.text("descricao"), record.text("estrutura"), !record.is_yes("inativo")};
}

Product product_from(const Record& record) {
  Product out;
  out.id = record.id("codigo_produto");
  out.code = record.text("codigo");
  out.description = record.text("descricao");
  out.unit = record.text("unidade");
  out.price = record.required_money("valor_unitario");
  out.minimum_stock = record.number("estoque_minimo");
  out.is_active = !record.is_yes("inativo");
  return out;
}

Order order_from(const Record& record) {
  const auto head = record.part("cabecalho"), state = record.part("infoCadastro");
  Order out;
  out.id = head.id("codigo_pedido");
  out.number = head.text("numero_pedido");
  out.partner.id = head.id("codigo_cliente");
  out.expected_on = head.date("data_previsao");
  out.ordered_on = state.required_date("dInc");
  out.status = order_status(head, state);
  out.total = record.part("total_pedido").required_money("valor_total_pedido");
  if (const auto* lines = record.list("det"))
    for (const auto& line : *lines)
      if (line.is_object()) out.items.push_back(item_from(Record{line.get_object()}));
  return out;
}

Title title_from(const Record& record, Direction direction, Date today) {
  const auto details = record.part("detalhes"), summary = record.part("resumo");
  Title out;
  out.id = details.id("nCodTitulo");
  out.document = details.text("cNumTitulo");
  if (out.document.empty()) out.document = details.text("cNumDocFiscal");
  out.installment = details.text("cNumParcela");
  out.direction = direction;
  out.partner.id = details.id("nCodCliente");
  out.partner.tax_id = details.text("cCPFCNPJCliente");
  out.category_code = details.text("cCodCateg");
  const bool is_issued = !details.text("dDtEmissao").empty() || details.text("dDtRegistro").empty();
  out.issued_on = details.required_date(is_issued ? "dDtEmissao" : "dDtRegistro");
  out.due_on = details.required_date("dDtVenc");
  out.amount = details.required_money("nValorTitulo");
  settle(out, details.text("cStatus"), summary, today);
  if (!out.paid.is_zero()) out.paid_on = details.date("dDtPagamento");
  return out;
}

Account account_from(const Record& record) {
  constexpr std::string_view no_bank = "999";
  auto bank = record.text("codigo_banco");
  if (bank == no_bank) bank.clear();
  return {record.id("nCodCC"), record.text("descricao"), account_kind(record.text("tipo_conta_corrente")), bank,
          Decimal{}};
}

}  // namespace tomada::erp::omie
