// Purchase orders: a paging dialect of their own, and flags "T" or "F" that are all off unless asked for.
#include "answers.hpp"
#include "listing.hpp"

namespace omie_simulator {
namespace {

struct Shown {
  bool pending, received, cancelled;

  explicit Shown(const json::object& asked)
      : pending{text_of(asked, "lExibirPedidosPendentes") == "T"},
        received{text_of(asked, "lExibirPedidosRecebidos") == "T" || text_of(asked, "lExibirPedidosFaturados") == "T"},
        cancelled{text_of(asked, "lExibirPedidosCancelados") == "T"} {}
  [[nodiscard]] bool has(const Purchase& purchase) const {
    return purchase.is_cancelled ? cancelled : purchase.received_on ? received : pending;
  }
};

json::array write_lines(const Purchase& purchase, const Company& company) {
  json::array out;
  for (std::size_t i = 0; i < purchase.items.size(); ++i) {
    const auto& item = purchase.items[i];
    const Product& product = company.products[item.product];
    const json::value total = money(item.quantity * item.price);
    out.push_back(json::object{{"cDescricao", product.description},
                               {"cNCM", product.ncm},
                               {"cProduto", product.code},
                               {"cUnidade", product.unit},
                               {"codigo_local_estoque", stock_location},
                               {"nCodItem", purchase.id * 10 + static_cast<Id>(i)},
                               {"nCodProd", product.id},
                               {"nDesconto", 0},
                               {"nQtde", item.quantity},
                               {"nQtdeRec", purchase.received_on ? item.quantity : 0},
                               {"nValMerc", total},
                               {"nValTot", total},
                               {"nValUnit", money(item.price)}});
  }
  return out;
}

json::object write_purchase(const Purchase& purchase, const Company& company) {
  const Title* bill = company.find_title(purchase.title);
  json::array instalments;
  if (bill)
    instalments.push_back(json::object{
        {"dVencto", text(bill->due)}, {"nParcela", 1}, {"nPercent", 100}, {"nValor", money(bill->amount)}});
  return {{"cabecalho_consulta", json::object{{"cCodCateg", "2.01.01"},
                                              {"cCodParc", "000"},
                                              {"cEtapa", purchase.received_on ? "60" : "10"},
                                              {"cIncHora", time_text(purchase.created)},
                                              {"cNumero", purchase.number},
                                              {"dDtPrevisao", text(purchase.expected)},
                                              {"dIncData", text(day_of(purchase.created))},
                                              {"nCodFor", purchase.supplier},
                                              {"nCodPed", purchase.id},
                                              {"nQtdeParc", 1}}},
          {"departamentos_consulta", json::array{}},
          {"parcelas_consulta", std::move(instalments)},
          {"produtos_consulta", write_lines(purchase, company)}};
}

}  // namespace

Reply list_purchases(const Question& question) {  // dDataInicial and dDataFinal are ignored, as it seems there
  const Shown shown{question.parameters};
  return list(
      question, question.company.purchases, [&](const Purchase& purchase) { return shown.has(purchase); },
      [&](const Purchase& purchase) { return write_purchase(purchase, question.company); });
}

}  // namespace omie_simulator
