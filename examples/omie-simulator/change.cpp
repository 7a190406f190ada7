// Each record is changed in a copy of it: what turns out wrong halfway leaves it as it was.
#include "change.hpp"

#include "filters.hpp"
#include "validation.hpp"

#include <cmath>

namespace omie_simulator {
namespace {

const Tags& change_tags() {
  static const Tags tags = read_tags(
      "s19 at ; clientes [ n codigo_cliente_omie ; s60 razao_social ; s100 nome_fantasia ; s20 cnpj_cpf ; s40 cidade ; "
      "s2 estado ; s500 email ; s1 inativo fornecedor ] ; titulos [ n codigo_lancamento_omie codigo_cliente_fornecedor "
      "id_conta_corrente ; s1 cNatureza excluir cancelado ; s20 codigo_categoria numero_documento ; s10 data_emissao "
      "data_vencimento data_previsao data_pagamento ; m valor_documento valor_pago ] ; produtos [ n codigo_produto "
      "fisico reservado ; s60 codigo ; s120 descricao ; s6 unidade ; m valor_unitario ; s1 inativo ] ; pedidos [ n "
      "codigo_pedido codigo_cliente ; s2 etapa ; s1 cancelado excluir ; s10 data_previsao ; itens [ n codigo_produto "
      "quantidade ; m valor_unitario ] ]");
  return tags;
}

using Changed = std::variant<Id, Fault>;

Fault unknown(Id code) {
  return client_fault(103, "Registro não cadastrado para o Código [" + std::to_string(code) + "] !");
}

void set(std::string& text, const json::object& from, std::string_view tag) {
  if (from.contains(json_key(tag))) text = text_of(from, tag);
}
void set(bool& truth, const json::object& from, std::string_view tag) {
  if (from.contains(json_key(tag))) truth = text_of(from, tag) == "S";
}
void set(std::int64_t& number, const json::object& from, std::string_view tag) {
  if (from.contains(json_key(tag))) number = number_of(from, tag).value_or(0);
}
void set(Day& day, const json::object& from, std::string_view tag) {
  if (const auto given = read_day(text_of(from, tag))) day = *given;
}
bool set_money(Cents& cents, const json::object& from, std::string_view tag) {
  const auto* given = from.if_contains(json_key(tag));
  if (given) cents = std::llround(given->to_number<double>() * 100);
  return given != nullptr;
}

// Records are in the order of their codes.
template <class Item>
Item* find(std::vector<Item>& items, Id code) {
  const auto found =
      std::lower_bound(items.begin(), items.end(), code, [](const Item& item, Id wanted) { return item.id < wanted; });
  return found == items.end() || found->id != code ? nullptr : &*found;
}

template <class Item>
Id keep(std::vector<Item>& items, Item* old, Item now, Moment at) {
  now.changed = at;
  if (old) return (*old = std::move(now)).id;
  now.created = at;
  items.push_back(std::move(now));
  return items.back().id;
}

template <class Item>
Item begin(const std::vector<Item>& items, const Item* old, Id first_id) {
  if (old) return *old;
  Item out;
  out.id = items.empty() ? first_id : items.back().id + 1;
  return out;
}

Changed change_customer(const json::object& from, Company& company, Moment at) {
  const Id code = number_of(from, "codigo_cliente_omie").value_or(0);
  Customer* old = find(company.customers, code);
  if (code != 0 && !old) return unknown(code);
  Customer now = begin(company.customers, old, 1);
  if (!old) now.is_customer = true, now.name = "CLIENTE NOVO " + std::to_string(now.id);
  set(now.name, from, "razao_social");
  set(now.trade_name, from, "nome_fantasia");
  set(now.tax_id, from, "cnpj_cpf");
  set(now.city, from, "cidade");
  set(now.state, from, "estado");
  set(now.email, from, "email");
  set(now.is_inactive, from, "inativo");
  set(now.is_supplier, from, "fornecedor");
  return keep(company.customers, old, std::move(now), at);
}

void set_payment(Title& title, const json::object& from, Day today) {
  const auto day = read_day(text_of(from, "data_pagamento"));
  const bool has_amount = set_money(title.paid, from, "valor_pago");
  if (!day && !has_amount) return;
  if (!has_amount) title.paid = title.amount;
  title.paid_on = day.value_or(today);
}

Title new_title(Title out, const Company& company) {
  out.customer = company.customers.front().id;
  out.account = company.accounts.front().id;
  out.installment = "001/001", out.kind = "99999";
  out.issued = out.due = out.expected = company.today;
  out.amount = 10'000;
  return out;
}

Changed change_title(const json::object& from, Company& company, Moment at) {
  const Id code = number_of(from, "codigo_lancamento_omie").value_or(0);
  Title* old = find(company.titles, code);
  if (code != 0 && !old) return unknown(code);
  if (old && text_of(from, "excluir") == "S") {
    const Id gone = old->id;
    company.titles.erase(company.titles.begin() + (old - company.titles.data()));
    return gone;
  }
  Title now = begin(company.titles, old, 1);
  if (!old) now = new_title(std::move(now), company), now.is_payable = text_of(from, "cNatureza") == "P";
  if (!old) now.category = now.is_payable ? "2.01.04" : "1.01.02";
  set(now.customer, from, "codigo_cliente_fornecedor");
  if (!find(company.customers, now.customer)) return unknown(now.customer);
  set(now.account, from, "id_conta_corrente");
  set(now.category, from, "codigo_categoria");
  set(now.document, from, "numero_documento");
  set(now.issued, from, "data_emissao");
  set(now.due, from, "data_vencimento");
  now.expected = old ? now.expected : now.due;
  set(now.expected, from, "data_previsao");
  set(now.is_cancelled, from, "cancelado");
  set_money(now.amount, from, "valor_documento");
  set_payment(now, from, company.today);
  return keep(company.titles, old, std::move(now), at);
}

Changed change_product(const json::object& from, Company& company, Moment at) {
  const Id code = number_of(from, "codigo_produto").value_or(0);
  Product* old = find(company.products, code);
  if (code != 0 && !old) return unknown(code);
  Product now = begin(company.products, old, 1);
  if (!old) now.code = "PRD" + std::to_string(now.id), now.description = "PRODUTO NOVO", now.unit = "UN";
  set(now.code, from, "codigo");
  set(now.description, from, "descricao");
  set(now.unit, from, "unidade");
  const auto was_on_hand = now.on_hand;
  set(now.on_hand, from, "fisico");
  set(now.reserved, from, "reservado");
  if (now.on_hand != was_on_hand)
    now.moves.push_back({StockMove::Kind::count, day_of(at), now.on_hand - was_on_hand, 0});
  set(now.is_inactive, from, "inativo");
  set_money(now.price, from, "valor_unitario");
  return keep(company.products, old, std::move(now), at);
}

std::variant<std::vector<OrderItem>, Fault> read_items(const json::array& from, Company& company) {
  std::vector<OrderItem> out;
  for (const auto& each : from) {
    const auto& line = each.get_object();
    const Id code = number_of(line, "codigo_produto").value_or(0);
    const Product* product = find(company.products, code);
    if (!product) return unknown(code);
    OrderItem item{static_cast<std::size_t>(product - company.products.data()),
                   number_of(line, "quantidade").value_or(1), product->price};
    set_money(item.price, line, "valor_unitario");
    out.push_back(item);
  }
  return out;
}

Order new_order(Order out, const Company& company) {
  out.number = std::to_string(company.orders.empty() ? 1 : std::stoll(company.orders.back().number) + 1);
  out.customer = company.customers.front().id;
  out.expected = company.today, out.step = "10";
  out.items = {{0, 1, company.products.front().price}};
  return out;
}

// What is invoiced leaves the stock, and its bill is to be paid.
void invoice(Order& order, Company& company, Moment at) {
  order.invoiced_on = company.today;
  order.invoice = "9" + order.number;
  for (const auto& item : order.items) {
    Product& product = company.products[item.product];
    product.moves.push_back({StockMove::Kind::sale, *order.invoiced_on, -item.quantity, order.id});
    product.on_hand -= item.quantity;
  }
  Title bill = new_title(begin(company.titles, static_cast<Title*>(nullptr), 1), company);
  bill.customer = order.customer, bill.project = order.project, bill.salesperson = order.salesperson;
  bill.order = order.id, bill.category = "1.01.02", bill.document = "PV " + order.number;
  bill.invoice = order.invoice, bill.amount = order.total();
  order.title = keep(company.titles, static_cast<Title*>(nullptr), std::move(bill), at);
}

Changed change_order(const json::object& from, Company& company, Moment at) {
  const Id code = number_of(from, "codigo_pedido").value_or(0);
  Order* old = find(company.orders, code);
  if (code != 0 && !old) return unknown(code);
  if (old && text_of(from, "excluir") == "S") {
    const Id gone = old->id;
    company.orders.erase(company.orders.begin() + (old - company.orders.data()));
    return gone;
  }
  Order now = begin(company.orders, old, 1);
  if (!old) now = new_order(std::move(now), company);
  set(now.customer, from, "codigo_cliente");
  if (!find(company.customers, now.customer)) return unknown(now.customer);
  set(now.step, from, "etapa");
  set(now.is_cancelled, from, "cancelado");
  set(now.expected, from, "data_previsao");
  if (const auto* lines = from.if_contains("itens")) {
    auto items = read_items(lines->get_array(), company);
    if (auto* fault = std::get_if<Fault>(&items)) return std::move(*fault);
    now.items = std::get<std::vector<OrderItem>>(std::move(items));
  }
  if (now.step >= "60" && !now.invoiced_on && !now.is_cancelled) invoice(now, company, at);
  return keep(company.orders, old, std::move(now), at);
}

std::optional<Moment> read_moment(const json::object& asked, const Company& company) {
  const std::string at = text_of(asked, "at");
  if (at.empty()) return company.now();
  const auto day = read_day(std::string_view{at}.substr(0, 10));
  const auto time = at.size() == 19 ? read_time(std::string_view{at}.substr(11)) : std::nullopt;
  return day && time ? std::optional{Moment{*day} + *time} : std::nullopt;
}

}  // namespace

Reply change(const json::object& asked, Company& company) {
  if (auto wrong = validate("change", change_tags(), asked)) return *wrong;
  const auto at = read_moment(asked, company);
  if (!at) return client_fault(105, "Valor inválido para [at]! Utilize dd/mm/aaaa hh:mm:ss.");
  using Function = Changed (*)(const json::object&, Company&, Moment);
  constexpr std::pair<const char*, Function> lists[] = {{"clientes", change_customer},
                                                        {"produtos", change_product},
                                                        {"titulos", change_title},
                                                        {"pedidos", change_order}};
  json::object out{{"at", text(day_of(*at)) + " " + time_text(*at)}};
  for (const auto& [name, function] : lists) {
    const auto* records = asked.if_contains(name);
    if (!records) continue;
    json::array& codes = out[name].emplace_array();
    for (const auto& record : records->get_array()) {
      auto changed = function(record.get_object(), company, *at);
      if (auto* fault = std::get_if<Fault>(&changed)) return std::move(*fault);
      codes.push_back(std::get<Id>(changed));
    }
  }
  return out;
}

}  // namespace omie_simulator
