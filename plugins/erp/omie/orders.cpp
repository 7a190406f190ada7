#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"

#include <algorithm>

namespace tomada::erp::omie {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// An order's date is the one of its creation, which Omie filters by as a change "of inclusion only".
sdk::json::object orders_asked(const OrderQuery& query) {
  sdk::json::object out{{"apenas_importado_api", "N"}};
  if (query.from) out["filtrar_por_data_de"] = query.from->brazilian();
  if (query.to) out["filtrar_por_data_ate"] = query.to->brazilian();
  if (query.from || query.to) out["filtrar_apenas_inclusao"] = "S";
  if (query.status == OrderStatus::cancelled) out["status_pedido"] = "CANCELADO";
  if (is_number(query.number)) out["numero_pedido_de"] = out["numero_pedido_ate"] = std::stoll(query.number);
  return out;
}

}  // namespace

OrderPage OmieSource::orders(const OrderQuery& query, const Request& request) {
  const auto rows = client_.read_all(operations::orders, orders_asked(query), request);
  OrderPage out;
  static_cast<Provenance&>(out) = rows.provenance;
  out.amount = Decimal::from_units(0, 2);
  for (const auto& row : rows.rows) out.items.push_back(order_from(Record{row}));
  if (out.items.empty()) return out;
  const auto partners = all_partners(request);
  std::map<std::string_view, const Partner*> by_id;
  for (const auto& partner : partners->items) by_id.emplace(partner.id, &partner);
  for (auto& order : out.items)
    if (const auto found = by_id.find(order.partner.id); found != by_id.end())
      order.partner = {order.partner.id, found->second->name, found->second->trade_name, found->second->tax_id};
  if (!query.partner.empty()) merge_gaps(out, partners->provenance);  // an order without a name is not found by it
  std::erase_if(out.items, [&](const Order& order) { return !matches(order, query); });
  for (const auto& order : out.items) out.amount += order.total;
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items);
  cut(out.items, query.slice);
  add_invoices(out.items, request);
  return out;
}

// An order does not tell its invoice; the invoices of those days do.
void OmieSource::add_invoices(std::vector<Order>& orders, const Request& request) const {
  std::optional<Date> first;
  for (const auto& order : orders)
    if (order.status == OrderStatus::invoiced && (!first || order.ordered_on < *first)) first = order.ordered_on;
  if (!first) return;
  const sdk::json::object asked{{"apenas_importado_api", "N"},
                                {"dEmiInicial", first->brazilian()},
                                {"dEmiFinal", request.today.brazilian()},
                                {"tpNF", "1"}};
  const auto invoices = client_.read_all(operations::invoices, asked, request);
  std::map<std::string, std::string> by_order;
  for (const auto& row : invoices.rows) {
    const Record record{row};
    by_order.emplace(record.part("compl").id("nIdPedido"), record.part("ide").text("nNF"));
  }
  for (auto& order : orders)
    if (const auto found = by_order.find(order.id); found != by_order.end()) order.invoice_number = found->second;
}

}  // namespace tomada::erp::omie
