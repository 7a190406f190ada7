#include "source.hpp"

#include <limits>

namespace tomada::erp {
namespace {

constexpr Slice everything{0, std::numeric_limits<std::int64_t>::max()};

}  // namespace

Provenance Source::each_title(const TitleQuery& query, const Request& request, const TitleVisitor& visit) {
  auto whole = query;
  whole.slice = everything;
  auto page = titles(whole, request);
  for (const auto& title : page.items) visit(title);
  return page;
}

Provenance Source::each_order(const OrderQuery& query, const Request& request, const OrderVisitor& visit) {
  auto whole = query;
  whole.slice = everything;
  auto page = orders(whole, request);
  for (const auto& order : page.items) visit(order);
  return page;
}

Balances Source::balances(const Request& request) {
  auto position = cash_position(request);
  Balances out;
  static_cast<Provenance&>(out) = position;
  out.accounts = std::move(position.accounts);
  return out;
}

}  // namespace tomada::erp
