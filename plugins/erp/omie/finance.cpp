// Titles and cash. Titles come from ListarMovimentos: the lists of payables and receivables know neither due dates as a
// filter nor what was paid. Assumed of its cStatus, and so told in the README: EMABERTO is everything not settled,
// partly paid titles included; LIQUIDADO is what was paid completely.
#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"

#include <algorithm>

namespace tomada::erp::omie {
namespace {

// The narrowest filters of Omie that surely keep all that the query wants.
sdk::json::object movements_asked(const TitleQuery& query, Date today) {
  sdk::json::object out{{"cTpLancamento", query.direction == Direction::receivable ? "CR" : "CP"}};
  auto from = query.due_from, to = query.due_to;
  switch (query.status) {
    case TitleFilter::overdue:
      to = to ? std::min(*to, today - 1) : today - 1;
      [[fallthrough]];
    case TitleFilter::open:
    case TitleFilter::partial:
      out["cStatus"] = "EMABERTO";
      break;
    case TitleFilter::due:
      out["cStatus"] = "EMABERTO";
      from = from ? std::max(*from, today) : today;
      break;
    case TitleFilter::paid:
      out["cStatus"] = "LIQUIDADO";
      break;
    case TitleFilter::cancelled:
      out["cStatus"] = "CANCELADO";
      break;
    case TitleFilter::all:
      break;
  }
  if (from) out["dDtVencDe"] = from->brazilian();
  if (to) out["dDtVencAte"] = to->brazilian();
  return out;
}

void name_partners(std::vector<Title>& titles, const std::vector<Partner>& partners) {
  std::map<std::string_view, const Partner*> by_id;
  for (const auto& partner : partners) by_id.emplace(partner.id, &partner);
  for (auto& title : titles) {
    const auto found = by_id.find(title.partner.id);
    if (found == by_id.end()) continue;
    title.partner.name = found->second->name;
    title.partner.trade_name = found->second->trade_name;
    title.partner.tax_id = found->second->tax_id;
  }
}

void name_categories(std::vector<Title>& titles, const std::vector<Category>& categories) {
  std::map<std::string_view, const Category*> by_code;
  for (const auto& category : categories) by_code.emplace(category.code, &category);
  for (auto& title : titles)
    if (const auto found = by_code.find(title.category_code); found != by_code.end())
      title.category = found->second->description;
}

void add_to(Outlook& outlook, const Title& title, Date today) {
  outlook.open += title.open;
  if (title.due_on < today) {
    outlook.overdue += title.open;
    return;
  }
  if (title.due_on <= today + 7) outlook.next_7 += title.open;
  if (title.due_on <= today + 30) outlook.next_30 += title.open;
}

constexpr Decimal nothing = Decimal::from_units(0, 2);

}  // namespace

std::vector<Title> OmieSource::read_titles(const TitleQuery& query, Provenance& provenance, const Request& request) {
  const auto movements = client_.read_all(operations::movements, movements_asked(query, request.today), request);
  merge(provenance, movements.provenance);
  std::vector<Title> out;
  for (const auto& row : movements.rows) out.push_back(title_from(Record{row}, query.direction, request.today));
  return out;
}

TitlePage OmieSource::titles(const TitleQuery& query, const Request& request) {
  TitlePage out;
  out.amount = out.open = out.overdue = nothing;
  out.items = read_titles(query, out, request);
  if (out.items.empty()) return out;
  const auto partners = all_partners(request);
  name_partners(out.items, partners->items);
  if (!query.partner.empty()) merge_gaps(out, partners->provenance);  // a title without a name is not found by it
  std::erase_if(out.items, [&](const Title& title) { return !matches(title, query); });
  for (const auto& title : out.items) {
    out.amount += title.amount;
    out.open += title.open;
    if (title.status == TitleStatus::overdue) out.overdue += title.open;
  }
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items, query.order);
  cut(out.items, query.slice);
  if (!out.items.empty()) name_categories(out.items, all_categories(request)->items);
  return out;
}

std::vector<Account> OmieSource::read_accounts(Provenance& provenance, const Request& request) const {
  const auto accounts = client_.read_all(operations::accounts, {{"filtrar_apenas_ativo", "S"}}, request);
  merge(provenance, accounts.provenance);
  std::vector<Account> out;
  for (const auto& row : accounts.rows) {
    const Record record{row};
    if (record.is_yes("inativo")) continue;
    Account account = account_from(record);
    const auto today = request.today.brazilian();
    const sdk::json::object asked{{"nCodCC", std::stoll(account.id)},
                                  {"dPeriodoInicial", today},
                                  {"dPeriodoFinal", today},
                                  {"cExibirApenasSaldo", "S"}};
    const auto statement = client_.ask(operations::statement, asked, request);
    merge(provenance, statement.provenance);
    account.balance = Record{statement.body}.money("nSaldoAtual");
    out.push_back(std::move(account));
  }
  return out;
}

Outlook OmieSource::outlook(Direction direction, Provenance& provenance, const Request& request) {
  TitleQuery open;
  open.direction = direction;
  open.status = TitleFilter::open;
  Outlook out{nothing, nothing, nothing, nothing};
  for (const auto& title : read_titles(open, provenance, request))
    if (title.status != TitleStatus::cancelled) add_to(out, title, request.today);
  return out;
}

CashPosition OmieSource::cash_position(const Request& request) {
  CashPosition out;
  out.accounts = read_accounts(out, request);
  out.receivable = outlook(Direction::receivable, out, request);
  out.payable = outlook(Direction::payable, out, request);
  return out;
}

}  // namespace tomada::erp::omie
