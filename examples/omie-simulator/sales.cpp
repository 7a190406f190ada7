// Sales orders and invoices.
#include "answers.hpp"
#include "listing.hpp"

#include <cstdlib>

namespace omie_simulator {
namespace {

class OrderFilter {
 public:
  explicit OrderFilter(const json::object& asked)
      : is_nothing_{is_only_api(asked)},
        status_{text_of(asked, "status_pedido")},
        step_{text_of(asked, "etapa")},
        customer_{number_of(asked, "filtrar_por_cliente")},
        salesperson_{number_of(asked, "filtrar_por_vendedor")},
        project_{number_of(asked, "filtrar_por_projeto")},
        first_{number_of(asked, "numero_pedido_de")},
        last_{number_of(asked, "numero_pedido_ate")},
        expected_{asked, "data_previsao_de", "data_previsao_ate"},
        invoiced_{asked, "data_faturamento_de", "data_faturamento_ate"},
        cancelled_{asked, "data_cancelamento_de", "data_cancelamento_ate"},
        changed_{asked} {}

  [[nodiscard]] bool passes(const Order& order) const {
    const auto number = std::stoll(order.number);
    return !is_nothing_ && changed_.has(order.created, order.changed) && (step_.empty() || order.step == step_) &&
           has_status(order) && (!customer_ || order.customer == *customer_) && (!first_ || number >= *first_) &&
           (!last_ || number <= *last_) && expected_.has(order.expected) && invoiced_.has(order.invoiced_on) &&
           (!salesperson_ || order.salesperson == *salesperson_) && (!project_ || order.project == *project_) &&
           cancelled_.has(order.is_cancelled ? std::optional{day_of(order.changed)} : std::nullopt);
  }

 private:
  [[nodiscard]] bool has_status(const Order& order) const {
    if (status_.empty()) return true;
    if (status_ == "CANCELADO") return order.is_cancelled;
    return (status_ == "FATURADO" || status_ == "AUTORIZADO") && order.invoiced_on && !order.is_cancelled;
  }

  bool is_nothing_;
  std::string status_, step_;
  std::optional<Id> customer_, salesperson_, project_, first_, last_;
  DayRange expected_, invoiced_, cancelled_;
  ChangeRange changed_;
};

json::object write_item(const OrderItem& item, std::size_t index, const Order& order, const Company& company) {
  const Product& product = company.products[item.product];
  const Cents total = item.quantity * item.price;
  return {{"ide", json::object{{"codigo_item", order.id * 10 + static_cast<Id>(index)}}},
          {"imposto", json::object{{"icms", json::object{}}}},
          {"inf_adic", json::object{{"codigo_local_estoque", stock_location}}},
          {"produto", json::object{{"cfop", "5.102"},
                                   {"codigo", product.code},
                                   {"codigo_produto", product.id},
                                   {"descricao", product.description},
                                   {"ncm", product.ncm},
                                   {"quantidade", item.quantity},
                                   {"unidade", product.unit},
                                   {"valor_desconto", 0},
                                   {"valor_mercadoria", money(total)},
                                   {"valor_total", money(total)},
                                   {"valor_unitario", money(item.price)}}}};
}

json::array write_instalments(const Order& order, const Company& company) {
  const Title* bill = company.find_title(order.title);
  if (!bill) return {};
  return {json::object{{"data_vencimento", text(bill->due)},
                       {"numero_parcela", 1},
                       {"percentual", 100},
                       {"quantidade_dias", (bill->due - bill->issued).count()},
                       {"valor", money(bill->amount)}}};
}

json::array write_bills(const Order& order, const Company& company) {
  const Title* bill = company.find_title(order.title);
  if (!bill) return {};
  return {json::object{{"cCodCateg", bill->category},
                       {"cNumTitulo", bill->document},
                       {"dDtEmissao", text(bill->issued)},
                       {"dDtVenc", text(bill->due)},
                       {"nCodTitulo", bill->id},
                       {"nParcela", 1},
                       {"nTotParc", 1},
                       {"nValorTitulo", money(bill->amount)}}};
}

json::object write_order(const Order& order, const Company& company, bool is_brief) {
  json::object out{{"cabecalho", json::object{{"bloqueado", "N"},
                                              {"codigo_cliente", order.customer},
                                              {"codigo_parcela", "000"},
                                              {"codigo_pedido", order.id},
                                              {"codigo_pedido_integracao", ""},
                                              {"data_previsao", text(order.expected)},
                                              {"etapa", order.step},
                                              {"numero_pedido", order.number},
                                              {"qtde_parcelas", 1},
                                              {"quantidade_itens", order.items.size()}}},
                   {"infoCadastro", json::object{{"autorizado", flag(order.invoiced_on.has_value())},
                                                 {"cancelado", flag(order.is_cancelled)},
                                                 {"dAlt", text(day_of(order.changed))},
                                                 {"dFat", order.invoiced_on ? text(*order.invoiced_on) : ""},
                                                 {"dInc", text(day_of(order.created))},
                                                 {"faturado", flag(order.invoiced_on.has_value())},
                                                 {"hAlt", time_text(order.changed)},
                                                 {"hInc", time_text(order.created)}}},
                   {"informacoes_adicionais", json::object{{"codProj", order.project},
                                                           {"codVend", order.salesperson},
                                                           {"codigo_categoria", "1.01.02"},
                                                           {"codigo_conta_corrente", 3036783065},
                                                           {"consumidor_final", "N"}}}};
  if (is_brief) return out;
  json::array items;
  for (std::size_t i = 0; i < order.items.size(); ++i) items.push_back(write_item(order.items[i], i, order, company));
  out["departamentos"] = json::array{};
  out["det"] = std::move(items);
  out["frete"] = json::object{{"modalidade", "9"}};
  out["lista_parcelas"] = json::object{{"parcela", write_instalments(order, company)}};
  out["observacoes"] = json::object{{"obs_venda", ""}};
  out["total_pedido"] = json::object{{"valor_descontos", 0},
                                     {"valor_mercadorias", money(order.total())},
                                     {"valor_total_pedido", money(order.total())}};
  return out;
}

Id invoice_id(const Order& order) { return order.id + 2'000'000'000; }

json::object write_invoice(const Order& order, const Company& company) {
  const Customer& customer = company.customer(order.customer);
  return {
      {"compl", json::object{{"cChaveNFe", ""}, {"nIdNF", invoice_id(order)}, {"nIdPedido", order.id}}},
      {"det", json::array{}},
      {"ide", json::object{{"dCan", order.is_cancelled ? text(*order.invoiced_on) : ""},
                           {"dEmi", text(*order.invoiced_on)},
                           {"hEmi", "09:12:00"},
                           {"mod", "55"},
                           {"nNF", order.invoice},
                           {"serie", "1"},
                           {"tpAmb", "1"},
                           {"tpNF", "1"}}},
      {"nfDestInt", json::object{{"cRazao", customer.name}, {"cnpj_cpf", customer.tax_id}, {"nCodCli", customer.id}}},
      {"titulos", write_bills(order, company)},
      {"total", json::object{{"ICMSTot", json::object{{"vNF", money(order.total())}}}}}};
}

}  // namespace

Reply list_orders(const Question& question) {
  const bool is_brief = text_of(question.parameters, "apenas_resumo") == "S";
  const OrderFilter wanted{question.parameters};
  return list(
      question, question.company.orders, [&](const Order& order) { return wanted.passes(order); },
      [&](const Order& order) { return write_order(order, question.company, is_brief); });
}

Reply list_invoices(const Question& question) {
  const json::object& asked = question.parameters;
  const auto customer = number_of(asked, "nIdCliente"), first = number_of(asked, "nNFInicial"),
             last = number_of(asked, "nNFFinal");
  const std::string tax_id = digits(text_of(asked, "cnpj_cpf")), series = text_of(asked, "cSerie");
  const ChangeRange changed{asked};
  const bool has_flag = text_of(asked, "filtrar_apenas_alteracao") == "S" || changed.is_of_creation;
  const std::string state = text_of(asked, "filtrar_por_status");
  const bool is_any = text_of(asked, "tpNF") != "0" && !is_only_api(asked);
  const DayRange issued{asked, "dEmiInicial", "dEmiFinal"};
  const auto keep = [&](const Order& order) {
    return is_any && order.invoiced_on && (!customer || order.customer == *customer) &&
           (state.empty() || (state == "C") == order.is_cancelled) && issued.has(order.invoiced_on) &&
           (!has_flag || changed.has(order.created, order.changed)) && (series.empty() || series == "1") &&
           (!first || std::stoll(order.invoice) >= *first) && (!last || std::stoll(order.invoice) <= *last) &&
           (tax_id.empty() || digits(question.company.customer(order.customer).tax_id) == tax_id);
  };
  return list(question, question.company.orders, keep,
              [&](const Order& order) { return write_invoice(order, question.company); });
}

namespace {

const Order* find_order(const Question& question) {
  const auto id = number_of(question.parameters, "codigo_pedido");
  const std::string number = text_of(question.parameters, "numero_pedido");
  const auto found = filter(question.company.orders, [&](const Order& order) {
    return id ? order.id == *id : !number.empty() && order.number == number;
  });
  return found.empty() ? nullptr : found.front();
}

Fault no_order() { return client_fault(103, "Pedido não cadastrado para o Código informado!"); }

}  // namespace

Reply get_order(const Question& question) {
  const Order* order = find_order(question);
  if (!order) return no_order();
  return json::object{{"pedido_venda_produto", write_order(*order, question.company, false)}};
}

Reply get_order_status(const Question& question) {
  const Order* order = find_order(question);
  if (!order) return no_order();
  json::array invoices;
  if (order->invoiced_on)
    invoices.push_back(json::object{{"data_emissao", text(*order->invoiced_on)}, {"numero_nfe", order->invoice}});
  return json::object{{"ListaNfe", std::move(invoices)},
                      {"cancelada", flag(order->is_cancelled)},
                      {"codigo_pedido", order->id},
                      {"codigo_pedido_integracao", ""},
                      {"etapa", order->step},
                      {"faturada", flag(order->invoiced_on.has_value())},
                      {"numero_pedido", order->number},
                      {"valor_total_pedido", money(order->total())}};
}

// The step that each order is in, since its last change: earlier ones are not kept.
Reply list_order_steps(const Question& question) {
  const json::object& asked = question.parameters;
  const auto id = number_of(asked, "nCodPed");
  const std::string step = text_of(asked, "cEtapa");
  const DayRange days{asked, "dDtInicial", "dDtFinal"};
  const auto keep = [&](const Order& order) {
    return (!id || order.id == *id) && (step.empty() || order.step == step) && days.has(day_of(order.changed));
  };
  return list(question, question.company.orders, keep, [](const Order& order) {
    return json::object{{"cCodIntPed", ""},
                        {"cEtapa", order.step},
                        {"cHrEtapa", time_text(order.changed)},
                        {"cNumero", order.number},
                        {"cUsEtapa", "P000100001"},
                        {"cancelamento", json::object{{"cCancelado", flag(order.is_cancelled)}}},
                        {"dDtEtapa", text(day_of(order.changed))},
                        {"faturamento", json::object{{"cFaturado", flag(order.invoiced_on.has_value())},
                                                     {"cNumNFE", order.invoice},
                                                     {"dDtFat", order.invoiced_on ? text(*order.invoiced_on) : ""}}},
                        {"info", stamp(order.created, order.changed)},
                        {"nCodPed", order.id}};
  });
}

Reply get_invoice(const Question& question) {
  const auto id = number_of(question.parameters, "nCodNF"), order_id = number_of(question.parameters, "nIdPedido");
  const std::string number = text_of(question.parameters, "nNF");
  const auto found = filter(question.company.orders, [&](const Order& order) {
    if (!order.invoiced_on) return false;
    if (id) return invoice_id(order) == *id;
    return order_id ? order.id == *order_id
                    : !number.empty() && std::stoll(order.invoice) == std::atoll(number.c_str());
  });
  if (found.empty()) return client_fault(103, "Nota fiscal não cadastrada para o Código informado!");
  return write_invoice(*found.front(), question.company);
}

}  // namespace omie_simulator
