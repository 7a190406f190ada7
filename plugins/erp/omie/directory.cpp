#include "omie/directory.hpp"

#include <algorithm>
#include <utility>

namespace tomada::erp::omie {

const Partner* Directory::find(std::string_view id) const {
  const auto& all = listed();
  const auto found = std::ranges::lower_bound(all, id, {}, [](const Partner& of) { return std::string_view{of.id}; });
  if (found != all.end() && found->id == id) return &*found;
  const auto beside = std::ranges::find(looked_up_, id, &Partner::id);
  return beside == looked_up_.end() ? nullptr : &*beside;
}

void Directory::add(std::vector<Partner> partners) {
  for (auto& partner : partners)
    if (!find(partner.id)) looked_up_.push_back(std::move(partner));
}

void Directory::name(Counterparty& partner) const {
  if (const auto* found = find(partner.id)) partner = {partner.id, found->name, found->trade_name, found->tax_id};
}

}  // namespace tomada::erp::omie
