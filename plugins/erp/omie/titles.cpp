// Titles come from ListarMovimentos: the lists of payables and receivables know neither due dates as a filter nor what
// was paid. Assumed of its cStatus, and so told in the README: EMABERTO is everything not settled, partly paid titles
// included; LIQUIDADO is what was paid completely.
// A search asks for one of three lists of each direction and is made here: so different searches share a list, and one
// that finds nothing is no fault to Omie. Only where such a list is long, due dates narrow it, by whole months.
#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"
#include "omie/period.hpp"

#include <algorithm>

namespace tomada::erp::omie {
namespace {

sdk::json::object broad(const TitleQuery& query) {
  sdk::json::object out{{"cTpLancamento", query.direction == Direction::receivable ? "CR" : "CP"}};
  if (query.status == TitleFilter::paid) out["cStatus"] = "LIQUIDADO";
  if (query.status != TitleFilter::paid && query.status != TitleFilter::all && query.status != TitleFilter::cancelled)
    out["cStatus"] = "EMABERTO";
  return out;
}

// Empty when it would be no narrower.
sdk::json::object narrow(const TitleQuery& query, Date today) {
  auto from = query.due_from, to = query.due_to;
  if (query.status == TitleFilter::overdue) to = to ? std::min(*to, today - 1) : today - 1;
  if (query.status == TitleFilter::due) from = from ? std::max(*from, today) : today;
  if (!from && !to) return {};
  auto out = broad(query);
  if (from) out["dDtVencDe"] = first_of_month(*from).brazilian();
  if (to) out["dDtVencAte"] = last_of_month(*to).brazilian();
  return out;
}

void name_categories(std::vector<Title>& titles, const std::vector<Category>& categories) {
  std::map<std::string_view, const Category*> by_code;
  for (const auto& category : categories) by_code.emplace(category.code, &category);
  for (auto& title : titles)
    if (const auto found = by_code.find(title.category_code); found != by_code.end())
      title.category = found->second->description;
}

}  // namespace

Register<Title>& OmieSource::TitleLists::of(TitleFilter filter) {
  if (filter == TitleFilter::paid) return settled;
  return filter == TitleFilter::all || filter == TitleFilter::cancelled ? all : open;
}

void OmieSource::TitleLists::forget() {
  for (auto* list : {&open, &settled, &all}) list->forget();
}

Register<Title>::Copy OmieSource::read_titles(const TitleQuery& query, const Request& request) {
  auto& lists = titles_[query.direction == Direction::receivable ? 0 : 1];
  if (auto everything = lists.all.find(request, host_)) return *everything;
  return lists.of(query.status).get(request, host_, [&] {
    const auto rows = client_.read_all(operations::movements, broad(query), request, narrow(query, request.today));
    const auto map = [&](const Record& record) { return title_from(record, query.direction, request.today); };
    return shared_copy_of(rows, mapped(operations::movements, rows, map));
  });
}

TitlePage OmieSource::titles(const TitleQuery& query, const Request& request) {
  TitlePage out;
  out.amount = out.open = out.overdue = Decimal::from_units(0, 2);
  const auto list = read_titles(query, request);
  static_cast<Provenance&>(out) = list.provenance;
  if (list.items->empty()) return out;
  auto names = directory(query.partner, request);
  out.items = named_matches(*list.items, query, names);
  // Titles carry the CNPJ or CPF themselves; without a name in the register they are not found by that name.
  const bool is_name = !query.partner.empty() && tax_digits(query.partner).empty();
  if (is_name && !names.is_whole()) merge_name_gaps(out, names.provenance());
  for (const auto& title : out.items) {
    out.amount += title.amount;
    out.open += title.open;
    if (title.status == TitleStatus::overdue) out.overdue += title.open;
  }
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items, query.order);
  cut(out.items, query.slice);
  if (out.items.empty()) return out;
  look_up(names, partners_of(out.items), request);
  for (auto& title : out.items) names.name(title.partner);
  name_categories(out.items, *all_categories(request).items);
  return out;
}

}  // namespace tomada::erp::omie
