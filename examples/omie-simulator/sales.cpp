// Sales orders and invoices; and which function answers which call.
#include "answers.hpp"
#include "listing.hpp"

#include <map>

namespace omie_simulator {
namespace {

class OrderFilter {
 public:
  explicit OrderFilter(const json::object& asked)
      : is_nothing_{is_only_api(asked)},
        status_{text_of(asked, "status_pedido")},
        step_{text_of(asked, "etapa")},
        customer_{number_of(asked, "filtrar_por_cliente")},
        first_{number_of(asked, "numero_pedido_de")},
        last_{number_of(asked, "numero_pedido_ate")},
        expected_{asked, "data_previsao_de", "data_previsao_ate"},
        invoiced_{asked, "data_faturamento_de", "data_faturamento_ate"},
        changed_{asked} {}

  [[nodiscard]] bool passes(const Order& order) const {
    const auto number = std::stoll(order.number);
    return !is_nothing_ && changed_.has(order.created, order.changed) && (step_.empty() || order.step == step_) &&
           has_status(order) && (!customer_ || order.customer == *customer_) && (!first_ || number >= *first_) &&
           (!last_ || number <= *last_) && expected_.has(order.expected) && invoiced_.has(order.invoiced_on);
  }

 private:
  [[nodiscard]] bool has_status(const Order& order) const {
    if (status_.empty()) return true;
    if (status_ == "CANCELADO") return order.is_cancelled;
    return (status_ == "FATURADO" || status_ == "AUTORIZADO") && order.invoiced_on && !order.is_cancelled;
  }

  bool is_nothing_;
  std::string status_, step_;
  std::optional<Id> customer_, first_, last_;
  DayRange expected_, invoiced_;
  ChangeRange changed_;
};

json::object write_item(const OrderItem& item, std::size_t index, const Order& order, const Company& company) {
  const Product& product = company.products[item.product];
  const Cents total = item.quantity * item.price;
  return {{"ide", json::object{{"codigo_item", order.id * 10 + static_cast<Id>(index)}}},
          {"imposto", json::object{{"icms", json::object{}}}},
          {"inf_adic", json::object{{"codigo_local_estoque", 3036783070}}},
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
                   {"informacoes_adicionais", json::object{{"codVend", 0},
                                                           {"codigo_categoria", "1.01.02"},
                                                           {"codigo_conta_corrente", 3036783065},
                                                           {"consumidor_final", "N"}}}};
  if (is_brief) return out;
  json::array items;
  for (std::size_t i = 0; i < order.items.size(); ++i) items.push_back(write_item(order.items[i], i, order, company));
  out["departamentos"] = json::array{};
  out["det"] = std::move(items);
  out["frete"] = json::object{{"modalidade", "9"}};
  out["lista_parcelas"] = json::object{{"parcela", json::array{}}};
  out["observacoes"] = json::object{{"obs_venda", ""}};
  out["total_pedido"] = json::object{{"valor_descontos", 0},
                                     {"valor_mercadorias", money(order.total())},
                                     {"valor_total_pedido", money(order.total())}};
  return out;
}

json::object write_invoice(const Order& order, const Company& company) {
  const Customer& customer = company.customer(order.customer);
  return {
      {"compl", json::object{{"cChaveNFe", ""}, {"nIdNF", order.id + 2'000'000'000}, {"nIdPedido", order.id}}},
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
      {"titulos", json::array{}},
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
  const auto customer = number_of(asked, "nIdCliente");
  const std::string state = text_of(asked, "filtrar_por_status");
  const bool is_any = text_of(asked, "tpNF") != "0" && !is_only_api(asked);
  const DayRange issued{asked, "dEmiInicial", "dEmiFinal"};
  const auto keep = [&](const Order& order) {
    return is_any && order.invoiced_on && (!customer || order.customer == *customer) &&
           (state.empty() || (state == "C") == order.is_cancelled) && issued.has(order.invoiced_on);
  };
  return list(question, question.company.orders, keep,
              [&](const Order& order) { return write_invoice(order, question.company); });
}

Reply answer(const Question& question) {
  static const std::map<std::string, Reply (*)(const Question&), std::less<>> functions{
      {"ListarClientes", list_customers},
      {"ListarClientesResumido", list_customers_briefly},
      {"ConsultarCliente", get_customer},
      {"ListarCategorias", list_categories},
      {"ListarDepartamentos", list_departments},
      {"ListarEmpresas", list_companies},
      {"ListarProdutos", list_products},
      {"ListarPosEstoque", list_stock},
      {"ListarContasCorrentes", list_accounts},
      {"ListarResumoContasCorrentes", list_accounts_briefly},
      {"ListarExtrato", get_statement},
      {"ListarContasPagar", list_titles},
      {"ListarContasReceber", list_titles},
      {"ListarMovimentos", list_movements},
      {"ObterResumoFinancas", get_summary},
      {"ListarPedidos", list_orders},
      {"ListarNF", list_invoices}};
  return functions.find(question.call.name)->second(question);
}

}  // namespace omie_simulator
