// Orders are searched here, in the list of all of them, which different searches share: one that finds nothing is no
// fault to Omie. Only where that list is long it is narrowed, to whole years or to a hundred numbers.
#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"
#include "omie/period.hpp"

#include <algorithm>

namespace tomada::erp::omie {
namespace {

constexpr long long numbers_at_once = 100;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

sdk::json::object all_orders() { return {{"apenas_importado_api", "N"}}; }

// An order's date is the one of its creation, which Omie filters by as a change "of inclusion only". No order is of a
// day to come. Empty when it would be no narrower.
sdk::json::object narrow(const OrderQuery& query, Date today) {
  if (!query.from && !query.to && !is_number(query.number)) return {};
  auto out = all_orders();
  if (query.from) out["filtrar_por_data_de"] = first_of_year(std::min(*query.from, today)).brazilian();
  if (query.to) out["filtrar_por_data_ate"] = last_of_year(std::min(*query.to, today)).brazilian();
  if (query.from || query.to) out["filtrar_apenas_inclusao"] = "S";
  if (is_number(query.number)) {
    const auto first = std::stoll(query.number) / numbers_at_once * numbers_at_once;
    out["numero_pedido_de"] = first;
    out["numero_pedido_ate"] = first + numbers_at_once - 1;
  }
  return out;
}

}  // namespace

Register<Order>::Copy OmieSource::read_orders(const OrderQuery& query, const Request& request) {
  return orders_.get(request, host_, [&] {
    const auto rows = client_.read_all(operations::orders, all_orders(), request, narrow(query, request.today));
    return shared_copy_of(rows, mapped(operations::orders, rows, order_from));
  });
}

OrderPage OmieSource::orders(const OrderQuery& query, const Request& request) {
  OrderPage out;
  out.amount = Decimal::from_units(0, 2);
  const auto list = read_orders(query, request);
  static_cast<Provenance&>(out) = list.provenance;
  if (list.items->empty()) return out;
  auto names = directory(query.partner, request);
  out.items = named_matches(*list.items, query, names);
  // An order without a name in the register is not found by it.
  if (!query.partner.empty() && !names.is_whole()) merge_name_gaps(out, names.provenance());
  for (const auto& order : out.items) out.amount += order.total;
  finish(out, query.slice);
  look_up(names, partners_of(out.items), request);
  for (auto& order : out.items) names.name(order.partner);
  add_invoices(out, request);
  return out;
}

// An order does not tell its invoice; the invoices since its month do.
void OmieSource::add_invoices(OrderPage& page, const Request& request) const {
  std::optional<Date> first;
  for (const auto& order : page.items)
    if (order.status == OrderStatus::invoiced && (!first || order.ordered_on < *first)) first = order.ordered_on;
  if (!first) return;
  const sdk::json::object asked{{"apenas_importado_api", "N"},
                                {"dEmiInicial", first_of_month(*first).brazilian()},
                                {"dEmiFinal", last_of_month(request.today).brazilian()},
                                {"tpNF", "1"}};
  const auto invoices = client_.read_all(operations::invoices, asked, request);
  if (invoices.provenance.is_truncated) merge_gaps(page, invoices.provenance);
  std::map<std::string, std::string> by_order;
  for (const auto& row : invoices.rows) {
    const Record record{row};
    by_order.emplace(record.part("compl").id("nIdPedido"), record.part("ide").text("nNF"));
  }
  for (auto& order : page.items)
    if (const auto found = by_order.find(order.id); found != by_order.end()) order.invoice_number = found->second;
}

}  // namespace tomada::erp::omie
