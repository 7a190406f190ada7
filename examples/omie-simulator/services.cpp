// Services: what is offered, what was ordered of it, and its invoices.
#include "answers.hpp"
#include "listing.hpp"

namespace omie_simulator {
namespace {

json::array write_instalments(const ServiceOrder& order, const Company& company) {
  const Title* bill = company.find_title(order.title);
  if (!bill) return {};
  return {json::object{{"dDtVenc", text(bill->due)},
                       {"nDias", (bill->due - bill->issued).count()},
                       {"nParcela", 1},
                       {"nPercentual", 100},
                       {"nValor", money(bill->amount)}}};
}

json::object write_service_order(const ServiceOrder& order, const Company& company) {
  const Service& service = company.services[order.service];
  return {{"Cabecalho", json::object{{"cCodIntOS", ""},
                                     {"cCodParc", "000"},
                                     {"cEtapa", order.step},
                                     {"cNumOS", order.number},
                                     {"dDtPrevisao", text(order.expected)},
                                     {"nCodCli", order.customer},
                                     {"nCodOS", order.id},
                                     {"nCodVend", order.salesperson},
                                     {"nQtdeParc", 1},
                                     {"nValorTotal", money(order.total())},
                                     {"nValorTotalImpRet", 0}}},
          {"InfoCadastro", json::object{{"cCancelada", flag(order.is_cancelled)},
                                        {"cFaturada", flag(order.invoiced_on.has_value())},
                                        {"cHrAlt", time_text(order.changed)},
                                        {"cHrInc", time_text(order.created)},
                                        {"cOrigem", "MAN"},
                                        {"dDtAlt", text(day_of(order.changed))},
                                        {"dDtFat", order.invoiced_on ? text(*order.invoiced_on) : ""},
                                        {"dDtInc", text(day_of(order.created))}}},
          {"InformacoesAdicionais", json::object{{"cCidPrestServ", company.customer(order.customer).city},
                                                 {"cCodCateg", "1.01.01"},
                                                 {"nCodCC", company.accounts.front().id}}},
          {"Parcelas", write_instalments(order, company)},
          {"ServicosPrestados", json::array{json::object{{"cCodServLC116", service.law_code},
                                                         {"cDescServ", service.description},
                                                         {"nCodServico", service.id},
                                                         {"nIdItem", order.id * 10},
                                                         {"nQtde", order.quantity},
                                                         {"nSeqItem", 1},
                                                         {"nValUnit", money(order.price)}}}}};
}

json::object write_service_invoice(const ServiceOrder& order, const Company& company) {
  const Customer& customer = company.customer(order.customer);
  const std::string day = text(*order.invoiced_on);
  return {{"Adicionais", json::object{{"cCodigoCategoria", "1.01.01"}, {"nCodigoVendedor", order.salesperson}}},
          {"Cabecalho", json::object{{"cAmbienteNFSe", "P"},
                                     {customer.is_person ? "cCPFDestinatario" : "cCNPJDestinatario", customer.tax_id},
                                     {"cSerieNFSe", "1"},
                                     {"cStatusNFSe", "F"},
                                     {"nCodNF", order.id + 1'000'000'000},
                                     {"nCodigoCliente", order.customer},
                                     {"nNumeroNFSe", order.invoice},
                                     {"nValorNFSe", money(order.total())}}},
          {"Emissao", json::object{{"cDataEmissao", day}, {"cHoraEmissao", "10:00:00"}}},
          {"OrdemServico",
           json::object{{"nCodigoOS", order.id}, {"nNumeroOS", order.number}, {"nValorOS", money(order.total())}}},
          {"Valores",
           json::object{{"nValorLiquido", money(order.total())}, {"nValorTotalServicos", money(order.total())}}}};
}

bool has_status(const ServiceOrder& order, const std::string& asked) {
  if (asked.empty()) return true;
  if (asked == "C") return order.is_cancelled;
  return !order.is_cancelled && (asked == "F") == order.invoiced_on.has_value();
}

}  // namespace

Reply list_service_orders(const Question& question) {
  const json::object& asked = question.parameters;
  const std::string step = text_of(asked, "filtrar_por_etapa"), status = text_of(asked, "filtrar_por_status");
  const auto customer = number_of(asked, "filtrar_por_cliente");
  const DayRange invoiced{asked, "filtrar_por_data_faturamento_de", "filtrar_por_data_faturamento_ate"},
      expected{asked, "filtrar_por_data_previsao_de", "filtrar_por_data_previsao_ate"};
  const ChangeRange changed{asked};
  const bool is_any = !is_only_api(asked);
  const auto keep = [&](const ServiceOrder& order) {
    return is_any && (step.empty() || order.step == step) && has_status(order, status) &&
           (!customer || order.customer == *customer) && invoiced.has(order.invoiced_on) &&
           expected.has(order.expected) && changed.has(order.created, order.changed);
  };
  return list(question, question.company.service_orders, keep,
              [&](const ServiceOrder& order) { return write_service_order(order, question.company); });
}

Reply get_service_order(const Question& question) {
  const auto id = number_of(question.parameters, "nCodOS");
  const std::string number = text_of(question.parameters, "cNumOS");
  const auto found = filter(question.company.service_orders, [&](const ServiceOrder& order) {
    return id ? order.id == *id : !number.empty() && order.number == number;
  });
  if (!found.empty()) return write_service_order(*found.front(), question.company);
  return client_fault(103, "OS não cadastrada para o Código [" + (id ? std::to_string(*id) : number) + "] !");
}

Reply list_service_invoices(const Question& question) {
  const json::object& asked = question.parameters;
  const auto customer = number_of(asked, "nCodigoCliente"), order_id = number_of(asked, "nCodigoOS");
  const std::string number = text_of(asked, "nNumeroNFSe");
  const DayRange issued{asked, "dEmiInicial", "dEmiFinal"};
  const auto keep = [&](const ServiceOrder& order) {
    return order.invoiced_on && issued.has(order.invoiced_on) && (!customer || order.customer == *customer) &&
           (!order_id || order.id == *order_id) && (number.empty() || order.invoice == number);
  };
  return list(question, question.company.service_orders, keep,
              [&](const ServiceOrder& order) { return write_service_invoice(order, question.company); });
}

Reply list_services(const Question& question) {
  const std::string code = text_of(question.parameters, "cCodigo"),
                    description = text_of(question.parameters, "cDescricao");
  const auto keep = [&](const Service& service) {
    return (code.empty() || service.code == code) && contains_ignoring_case(service.description, description);
  };
  return list(question, question.company.services, keep, [](const Service& service) {
    return json::object{{"cabecalho", json::object{{"cCodCateg", "1.01.01"},
                                                   {"cCodLC116", service.law_code},
                                                   {"cCodigo", service.code},
                                                   {"cDescricao", service.description},
                                                   {"nPrecoUnit", money(service.price)}}},
                        {"info", json::object{{"inativo", "N"}}},
                        {"intListar", json::object{{"cCodIntServ", ""}, {"nCodServ", service.id}}}};
  });
}

}  // namespace omie_simulator
