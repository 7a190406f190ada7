// Open lines are always read as a whole, since a payment may be of any of an invoice's titles, and may pay one without
// being reconciled with it; only the settled ones, which are many more, are narrowed by due date.
#include "matching.hpp"
#include "tryton/tax_id.hpp"
#include "tryton/tryton_source.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace tomada::erp::tryton {
namespace {

Domain settled_lines(const TitleQuery& query, Domain out = {}) {
  out.with("maturity_date", "!=", nullptr);
  if (query.due_from) out.with("maturity_date", ">=", value_of(*query.due_from));
  if (query.due_to) out.with("maturity_date", "<=", value_of(*query.due_to));
  return out;
}

Domain lines_for(const TitleQuery& query, std::int64_t company) {
  Domain out;
  out.with(query.direction == Direction::receivable ? "account.type.receivable" : "account.type.payable", "=", true);
  out.with("account.company", "=", company).with("move.state", "=", "posted");
  if (query.status == TitleFilter::cancelled) return settled_lines(query, out.with("reconciliation", "!=", nullptr));
  const auto open = Domain{}.with("reconciliation", "=", nullptr);
  const bool is_of_settled = query.status == TitleFilter::all || query.status == TitleFilter::paid;
  return is_of_settled ? out.either(open, settled_lines(query)) : out.with("reconciliation", "=", nullptr);
}

std::vector<std::string_view> fields_for(const TitleQuery& query) {
  std::vector<std::string_view> out{"debit",          "credit",      "maturity_date", "date",
                                    "reconciliation", "move.origin", "party.name"};
  if (!tax_digits(query.partner).empty()) out.insert(out.end(), {"party.identifiers.type", "party.identifiers.code"});
  return out;
}

// 3 of 12 as "003/012".
std::string installment(std::size_t place, std::size_t count) {
  char text[32];
  std::snprintf(text, sizeof text, "%03zu/%03zu", place, count);
  return text;
}

// What a list shows of a title beyond what it is filtered by.
struct Papers {
  struct Invoice {
    std::string number, category_code, category;
    std::optional<Date> issued_on;
  };
  struct Line {
    std::int64_t move_id = 0, invoice_id = 0;
    std::string move_number, tax_id;
    std::optional<Date> reconciled_on;
  };
  std::map<std::int64_t, Invoice> invoices;
  std::map<std::string, Line> lines;
  std::map<std::int64_t, std::vector<std::pair<Date, std::string>>> due;  // by move: due dates and ids
};

Papers::Invoice invoice_from(const Row& row, Direction direction) {
  Papers::Invoice out;
  if (direction == Direction::payable) out.number = row.text("reference");  // the supplier's own number
  if (out.number.empty()) out.number = row.text("number");
  out.issued_on = row.date("invoice_date");
  for (const auto& line : row.parts("lines.")) {
    const auto account = line.part("account.");
    if (account.id() == 0) continue;
    out.category_code = account.text("code");
    out.category = account.text("name");
    break;
  }
  return out;
}

void complete(Title& title, const Papers& papers) {
  const auto found = papers.lines.find(title.id);
  if (found == papers.lines.end()) return;
  const auto& line = found->second;
  title.partner.tax_id = line.tax_id;
  title.document = line.move_number;
  if (line.reconciled_on && title.status == TitleStatus::paid) title.paid_on = line.reconciled_on;
  if (const auto due = papers.due.find(line.move_id); due != papers.due.end()) {
    const auto& all = due->second;
    const auto place = std::ranges::find(all, title.id, &std::pair<Date, std::string>::second) - all.begin() + 1;
    title.installment = installment(static_cast<std::size_t>(place), all.size());
  }
  const auto invoice = papers.invoices.find(line.invoice_id);
  if (invoice == papers.invoices.end()) return;
  title.document = invoice->second.number;
  title.category_code = invoice->second.category_code;
  title.category = invoice->second.category;
  title.issued_on = invoice->second.issued_on.value_or(title.issued_on);
}

}  // namespace

Ledger TrytonSource::read_ledger(const TitleQuery& query, const Books& books, const Request& request) const {
  const auto rows = read("account.move.line", lines_for(query, books.company_id), fields_for(query), books, request);
  auto out = read_lines(rows, query.direction);
  if (const auto loose = loose_payments(out); !loose.empty()) {
    std::map<std::int64_t, std::int64_t> invoice_of;
    const std::set<std::int64_t> wanted{loose.begin(), loose.end()};
    const auto paid =
        read("account.invoice", Domain{}.among("payment_lines", loose), {"payment_lines"}, books, request);
    for_each(paid, [&](const Row& row) {
      for (const auto line : row.ids("payment_lines"))
        if (wanted.contains(line)) invoice_of.emplace(line, row.id());
    });
    allocate(out, invoice_of);
  }
  std::set<std::int64_t> cancelled;
  const bool has_settled = std::ranges::any_of(out.lines, &LedgerLine::is_reconciled);
  if (has_settled) {
    const auto gone =
        read("account.invoice", Domain{}.with("company", "=", books.company_id).with("state", "=", "cancelled"),
             {"state"}, books, request);
    for_each(gone, [&](const Row& row) { cancelled.insert(row.id()); });
  }
  settle(out, cancelled, request.today);
  return out;
}

TitlePage TrytonSource::titles(const TitleQuery& query, const Request& request) {
  const auto books = this->books(request);
  auto ledger = read_ledger(query, books, request);
  TitlePage out;
  static_cast<Provenance&>(out) = provenance(books);
  merge(out, ledger.provenance);
  out.amount = out.open = out.overdue = Decimal::from_units(0, 2);
  for (auto& line : ledger.lines) {
    auto& title = line.title;
    if (!matches(title, query)) continue;
    out.amount += title.amount;
    out.open += title.open;
    if (title.status == TitleStatus::overdue) out.overdue += title.open;
    out.items.push_back(std::move(title));
  }
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items, query.order);
  cut(out.items, query.slice);
  add_title_details(out.items, query, books, out, request);
  return out;
}

Provenance TrytonSource::each_title(const TitleQuery& query, const Request& request, const TitleVisitor& visit) {
  const auto books = this->books(request);
  const auto ledger = read_ledger(query, books, request);
  for (const auto& line : ledger.lines)
    if (matches(line.title, query)) visit(line.title);
  auto out = provenance(books);
  merge(out, ledger.provenance);
  return out;
}

void TrytonSource::add_title_details(std::vector<Title>& titles, const TitleQuery& query, const Books& books,
                                     Provenance& provenance, const Request& request) const {
  if (titles.empty()) return;
  std::vector<std::int64_t> ids;
  ids.reserve(titles.size());
  for (const auto& title : titles) ids.push_back(std::stoll(title.id));
  Papers papers;
  std::set<std::int64_t> moves, invoices;
  const auto lines =
      read("account.move.line", Domain{}.among("id", ids),
           {"move.number", "move.origin", "reconciliation.date", "party.identifiers.type", "party.identifiers.code"},
           books, request);
  merge(provenance, lines.provenance);
  for_each(lines, [&](const Row& row) {
    const auto move = row.part("move.");
    auto& line = papers.lines[std::to_string(row.id())];
    line = {move.id(), id_in(move.text("origin"), "account.invoice"), move.text("number"),
            tax_id_of(row.part("party.")), row.part("reconciliation.").date("date")};
    moves.insert(line.move_id);
    if (line.invoice_id != 0) invoices.insert(line.invoice_id);
  });
  const auto siblings =
      read("account.move.line",
           Domain{}
               .among("move", {moves.begin(), moves.end()})
               .with("maturity_date", "!=", nullptr)
               .with(query.direction == Direction::receivable ? "account.type.receivable" : "account.type.payable", "=",
                     true),
           {"move", "maturity_date"}, books, request);
  for_each(siblings, [&](const Row& row) {
    papers.due[row.id("move")].emplace_back(row.required_date("maturity_date"), std::to_string(row.id()));
  });
  for (auto& [move, due] : papers.due) std::ranges::sort(due);
  const auto papers_of =
      read("account.invoice", Domain{}.among("id", {invoices.begin(), invoices.end()}),
           {"number", "reference", "invoice_date", "lines.account.code", "lines.account.name"}, books, request);
  for_each(papers_of, [&](const Row& row) { papers.invoices.emplace(row.id(), invoice_from(row, query.direction)); });
  for (auto& title : titles) complete(title, papers);
}

}  // namespace tomada::erp::tryton
