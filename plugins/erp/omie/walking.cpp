// Walks over whole lists. Titles and orders carry only their partner's id: the register of partners, which is long, is
// asked for only when a partner is looked for, or when somebody's name is to be shown.
#include "matching.hpp"
#include "omie/omie_source.hpp"

namespace tomada::erp::omie {

template <class Item, class Query, class Visitor>
Provenance OmieSource::walk(const typename Register<Item>::Copy& list, const Query& query, const Request& request,
                            const Visitor& visit) {
  if (query.partner.empty()) {
    for (const auto& item : *list.items)
      if (matches(item, query)) visit(item);
    return list.provenance;
  }
  const auto names = directory(query.partner, request);
  for (const auto& item : named_matches(*list.items, query, names)) visit(item);
  auto out = list.provenance;
  if (!names.is_whole()) merge_name_gaps(out, names.provenance());
  return out;
}

Provenance OmieSource::each_title(const TitleQuery& query, const Request& request, const TitleVisitor& visit) {
  return walk<Title>(read_titles(query, request), query, request, visit);
}

Provenance OmieSource::each_order(const OrderQuery& query, const Request& request, const OrderVisitor& visit) {
  return walk<Order>(read_orders(query, request), query, request, visit);
}

void OmieSource::name(const std::vector<Counterparty*>& partners, const Request& request) {
  if (partners.empty()) return;
  auto names = directory({}, request);
  look_up(names, {partners.begin(), partners.end()}, request);
  for (auto* partner : partners) names.name(*partner);
}

Balances OmieSource::balances(const Request& request) {
  Balances out;
  out.accounts = read_accounts(out, request);
  return out;
}

}  // namespace tomada::erp::omie
