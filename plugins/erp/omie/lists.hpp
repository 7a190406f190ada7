#pragma once
// Lists: Omie's records as canonical values, and what a query shows of them.
#include "matching.hpp"
#include "omie/client.hpp"
#include "omie/directory.hpp"
#include "omie/register.hpp"

#include <memory>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tomada::erp::omie {

template <class Item>
struct List {
  std::vector<Item> items;
  Provenance provenance;
};

// map: (const Record&) -> Item. A record that came twice, because the list moved while it was read, counts once, and
// the list is incomplete: whatever it displaced was not seen. Throws ToolError naming the record that cannot be read.
template <class Map>
auto mapped(const Operation& operation, const Rows& rows, Map map) {
  List<std::invoke_result_t<Map, const Record&>> out{{}, rows.provenance};
  out.items.reserve(rows.rows.size());
  std::unordered_set<std::string> seen;
  for (const auto& row : rows.rows)
    if (const auto id = id_of(operation, row); id.empty() || seen.insert(id).second)
      out.items.push_back(read_record(operation, row, map));
  if (out.items.size() == rows.rows.size()) return out;
  auto& provenance = out.provenance;
  provenance.rows_read = static_cast<std::int64_t>(out.items.size());
  provenance.rows_held = provenance.is_truncated ? provenance.rows_held : rows.held;
  provenance.is_truncated = true;
  return out;
}

template <class Item>
typename Register<Item>::Copy copy_of(List<Item> list) {
  return {std::make_shared<const std::vector<Item>>(std::move(list.items)), list.provenance};
}

// The list that different searches share, unless it was narrowed to one of them or is not whole.
template <class Item>
typename Register<Item>::Copy shared_copy_of(const Rows& rows, List<Item> list) {
  auto out = copy_of(std::move(list));
  out.is_keepable = !rows.is_narrow && !out.provenance.is_truncated;
  return out;
}

// What the query leaves. Names are given to what its other filters leave: they may need questions of their own.
template <class Item, class Query>
std::vector<Item> named_matches(const std::vector<Item>& from, const Query& query, const Directory& directory) {
  auto without_partner = query;
  without_partner.partner.clear();
  std::vector<Item> out;
  for (const Item& item : from) {
    if (!matches(item, without_partner)) continue;
    Counterparty partner = item.partner;
    directory.name(partner);
    if (!matches(partner, query.partner)) continue;
    out.push_back(item);
    out.back().partner = std::move(partner);
  }
  return out;
}

template <class Item>
std::vector<const Counterparty*> partners_of(const std::vector<Item>& items) {
  std::vector<const Counterparty*> out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(&item.partner);
  return out;
}

// Counts, sorts and cuts what the filters left.
template <class Item>
void finish(erp::Page<Item>& page, Slice slice) {
  page.total = static_cast<std::int64_t>(page.items.size());
  sort(page.items);
  cut(page.items, slice);
}

}  // namespace tomada::erp::omie
