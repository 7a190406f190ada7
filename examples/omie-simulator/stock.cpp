// Stock: what is on hand, on a day, and the moves that add up to it. There is one location.
#include "answers.hpp"
#include "listing.hpp"

#include <set>

namespace omie_simulator {
namespace {

Day day_asked(const Question& question, std::string_view tag) {
  return read_day(text_of(question.parameters, tag)).value_or(question.company.today);
}

// Of another day than today only what lay there is known, not what was reserved of it.
struct Position {
  std::int64_t on_hand = 0, reserved = 0, pending = 0;

  Position(const Product& product, Day day, Day today)
      : on_hand{product.on_hand_at(day)},
        reserved{day < today ? 0 : product.reserved},
        pending{day < today ? 0 : product.pending} {}
};

json::object write_stock(const Product& product, const Position& at) {
  return {{"cCodInt", ""},
          {"cCodigo", product.code},
          {"cDescricao", product.description},
          {"codigo_local_estoque", stock_location},
          {"estoque_minimo", product.minimum},
          {"fisico", at.on_hand},
          {"nCMC", money(product.cost)},
          {"nCodProd", product.id},
          {"nPendente", at.pending},
          {"nPrecoUnitario", money(product.price)},
          {"nSaldo", at.on_hand - at.reserved},
          {"reservado", at.reserved}};
}

const Product* find_product(const Question& question, std::string_view id_tag, std::string_view code_tag) {
  const auto id = number_of(question.parameters, id_tag);
  const std::string code = text_of(question.parameters, code_tag);
  const auto found = filter(question.company.products, [&](const Product& product) {
    return id ? product.id == *id : !code.empty() && product.code == code;
  });
  return found.empty() ? nullptr : found.front();
}

Fault no_product() { return client_fault(103, "Produto não cadastrado para o Código informado!"); }

struct Move {
  const Product* product;
  const StockMove* move;
  std::int64_t balance;  // after it
};

const char* name_of(StockMove::Kind kind) {
  constexpr const char* names[] = {"Saldo inicial", "Compra de Produto", "Venda de Produto", "Ajuste de Estoque"};
  return names[static_cast<std::size_t>(kind)];
}

const char* origin_of(StockMove::Kind kind) {
  constexpr const char* codes[] = {"SLD", "COM", "VEN", "AJU"};
  return codes[static_cast<std::size_t>(kind)];
}

json::object write_move(const Move& each) {
  const auto& [product, move, balance] = each;
  const bool is_sale = move->kind == StockMove::Kind::sale;
  return {{"cancelamento", "N"},
          {"cmc", money(product->cost)},
          {"codOrigem", origin_of(move->kind)},
          {"codigo_local_estoque", stock_location},
          {"desOrigem", name_of(move->kind)},
          {"descricao", product->description},
          {"devolucao", "N"},
          {"dtEmissao", text(move->day)},
          {"dtMov", text(move->day)},
          {"idPedido", move->document},
          {"idProd", product->id},
          {"qtde", move->quantity},
          {"saldo", balance},
          {"tipo", move->quantity < 0 ? "Saída" : "Entrada"},
          {"valor", money(is_sale ? product->price : product->cost)}};
}

void add_moves(std::vector<Move>& out, const Product& product, const DayRange& days) {
  std::int64_t balance = 0;
  for (const auto& move : product.moves) {
    balance += move.quantity;
    if (days.has(move.day)) out.push_back({&product, &move, balance});
  }
}

// From dDtInicial, or a month ago; never more than some sixty days, as measured.
DayRange window(const Question& question) {
  constexpr std::chrono::days longest{60};
  DayRange out{question.parameters, "dDtInicial", "dDtFinal"};
  const Day today = question.company.today;
  out.first = out.first.value_or(today - std::chrono::days{30});
  out.last = std::min(out.last.value_or(today), *out.first + longest);
  return out;
}

}  // namespace

Reply list_stock(const Question& question) {
  const auto& company = question.company;
  const bool is_all = text_of(question.parameters, "cExibeTodos") == "S";
  const auto location = number_of(question.parameters, "codigo_local_estoque");
  const Day day = day_asked(question, "dDataPosicao");
  std::set<Id> ids;
  std::set<std::string> codes;
  if (const auto* products = question.parameters.if_contains("lista_produtos"))
    for (const auto& each : products->get_array()) {
      ids.insert(number_of(each.get_object(), "nCodProd").value_or(0));
      codes.insert(text_of(each.get_object(), "cCodigo"));
    }
  const auto keep = [&](const Product& product) {
    return (!location || *location == stock_location) && (is_all || product.on_hand_at(day) != 0) &&
           (ids.empty() || ids.contains(product.id) || codes.contains(product.code));
  };
  auto reply = list(question, company.products, keep, [&](const Product& product) {
    return write_stock(product, {product, day, company.today});
  });
  if (auto* page = std::get_if<json::object>(&reply)) (*page)["dDataPosicao"] = text(day);
  return reply;
}

Reply get_stock(const Question& question) {  // PosicaoEstoque
  const Product* product = find_product(question, "id_prod", "cod_int");
  if (!product) return no_product();
  const Position at{*product, day_asked(question, "data"), question.company.today};
  return json::object{{"cmc", money(product->cost)},
                      {"codigo_local_estoque", stock_location},
                      {"codigo_status", "0"},
                      {"descricao_status", "Consulta efetuada com sucesso!"},
                      {"estoque_minimo", product->minimum},
                      {"fisico", at.on_hand},
                      {"pendente", at.pending},
                      {"reservado", at.reserved},
                      {"saldo", at.on_hand - at.reserved}};
}

Reply get_stock_summary(const Question& question) {  // ObterEstoqueProduto
  const Product* product = find_product(question, "nIdProduto", "cCodigo");
  if (!product) return no_product();
  const Day day = day_asked(question, "dDia");
  const Position at{*product, day, question.company.today};
  json::object here{{"cDescricaoLocal", "Local de Estoque Padrão"},
                    {"nCMC", money(product->cost)},
                    {"nDisponivel", at.on_hand - at.reserved},
                    {"nEstoqueMinimo", product->minimum},
                    {"nFisico", at.on_hand},
                    {"nIdlocal", stock_location},
                    {"nPrecoUnitario", money(product->price)},
                    {"nPrevisaoEntrada", at.pending},
                    {"nPrevisaoSaida", at.reserved},
                    {"nReservado", at.reserved}};
  return json::object{{"cCodigo", product->code},
                      {"cDescricao", product->description},
                      {"cEAN", ""},
                      {"cNCM", product->ncm},
                      {"cUnidade", product->unit},
                      {"dDia", text(day)},
                      {"listaEstoque", json::array{std::move(here)}},
                      {"nIdProduto", product->id}};
}

Reply list_stock_moves(const Question& question) {  // ListarMovimentoEstoque
  const auto id = number_of(question.parameters, "idProd");
  const auto days = window(question);
  std::vector<Move> moves;
  for (const auto& product : question.company.products)
    if (!id || product.id == *id) add_moves(moves, product, days);
  std::stable_sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) { return a.move->day < b.move->day; });
  return page_of(question.call, question.parameters, question.options, filter(moves, [](const Move&) { return true; }),
                 write_move);
}

// ListarMovimentos of estoque/movestoque: what came and went of each product on each day.
Reply list_moves_by_product(const Question& question) {
  const DayRange days{question.parameters, "data_inicial", "data_final"};
  const auto has_moved = [&](const Product& product) {
    return std::any_of(product.moves.begin(), product.moves.end(),
                       [&](const StockMove& move) { return days.has(move.day); });
  };
  return list(question, question.company.products, has_moved, [&](const Product& product) {
    std::map<Day, std::pair<std::int64_t, std::int64_t>> sums;
    for (const auto& move : product.moves)
      if (days.has(move.day))
        (move.quantity < 0 ? sums[move.day].second : sums[move.day].first) += std::abs(move.quantity);
    json::array moves;
    for (const auto& [day, sum] : sums)
      moves.push_back(
          json::object{{"dDataMovimento", text(day)}, {"nQtdeEntradas", sum.first}, {"nQtdeSaidas", sum.second}});
    return json::object{{"cCodIntProd", ""},
                        {"cCodigo", product.code},
                        {"cDescricao", product.description},
                        {"movimentos", std::move(moves)},
                        {"nCodProd", product.id}};
  });
}

Reply list_locations(const Question& question) {
  const std::vector<const Company*> one{&question.company};
  return page_of(question.call, question.parameters, question.options, one, [](const Company&) {
    return json::object{{"codigo", "PADRAO"},
                        {"codigo_local_estoque", stock_location},
                        {"descricao", "Local de Estoque Padrão"},
                        {"dispConsumoOP", "S"},
                        {"dispOrdemProducao", "S"},
                        {"dispRemessa", "S"},
                        {"dispVenda", "S"},
                        {"inativo", "N"},
                        {"padrao", "S"},
                        {"tipo", "P"}};
  });
}

}  // namespace omie_simulator
