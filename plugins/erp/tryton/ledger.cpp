#include "tryton/ledger.hpp"

#include "tryton/tax_id.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace tomada::erp::tryton {
namespace {

const Decimal nothing = Decimal::from_units(0, 2);

LedgerLine line_from(const Row& row, Direction direction) {
  LedgerLine out;
  const auto debit = row.required_money("debit"), credit = row.required_money("credit");
  const auto due = row.date("maturity_date"), booked = row.date("date");
  out.id = row.id();
  out.is_reconciled = row.id("reconciliation") != 0;
  out.has_due_date = due.has_value();
  out.title.id = std::to_string(out.id);
  out.title.direction = direction;
  out.title.amount = direction == Direction::receivable ? debit - credit : credit - debit;
  out.title.due_on = due ? *due : row.required_date("date");
  out.title.issued_on = booked.value_or(out.title.due_on);
  out.title.paid = nothing;
  out.title.open = out.is_reconciled ? nothing : out.title.amount;
  const auto party = row.part("party.");
  out.title.partner.id = std::to_string(party.id());
  out.title.partner.name = party.text("name");
  out.title.partner.tax_id = tax_id_of(party);
  return out;
}

// What of `payment`, which has the other sign, `open` takes.
Decimal share(Decimal open, Decimal payment) {
  if (open.is_zero() || payment.is_zero() || open.is_negative() == payment.is_negative()) return nothing;
  const auto size = [](Decimal amount) { return amount.is_negative() ? -amount : amount; };
  const auto least = std::min(size(open), size(payment));
  return open.is_negative() ? -least : least;
}

}  // namespace

std::int64_t id_in(std::string_view reference, std::string_view model) {
  if (!reference.starts_with(model) || reference.size() <= model.size() || reference[model.size()] != ',') return 0;
  std::int64_t id = 0;
  std::from_chars(reference.data() + model.size() + 1, reference.data() + reference.size(), id);
  return id;
}

Ledger read_lines(const Rows& rows, Direction direction) {
  Ledger out{{}, rows.provenance};
  out.lines.reserve(rows.rows.size());
  for_each(rows, [&](const Row& row) {
    const auto origin = row.part("move.").text("origin");
    auto line = line_from(row, direction);
    if (line.is_reconciled && id_in(origin, "account.move") != 0) return;
    line.invoice_id = id_in(origin, "account.invoice");
    out.lines.push_back(std::move(line));
  });
  return out;
}

std::vector<std::int64_t> loose_payments(const Ledger& ledger) {
  std::vector<std::int64_t> out;
  for (const auto& line : ledger.lines)
    if (!line.is_reconciled && !line.has_due_date) out.push_back(line.id);
  return out;
}

void allocate(Ledger& ledger, const std::map<std::int64_t, std::int64_t>& invoice_of) {
  std::map<std::int64_t, std::vector<LedgerLine*>> titles;
  for (auto& line : ledger.lines)
    if (line.has_due_date && !line.is_reconciled && line.invoice_id != 0) titles[line.invoice_id].push_back(&line);
  for (auto& [invoice, lines] : titles)
    std::ranges::sort(lines, {}, [](const LedgerLine* line) { return std::tuple{line->title.due_on, line->id}; });
  std::vector<LedgerLine*> payments;
  for (auto& line : ledger.lines)
    if (invoice_of.contains(line.id)) payments.push_back(&line);
  std::ranges::sort(payments, {}, &LedgerLine::id);
  for (auto* payment : payments) {
    for (auto* line : titles[invoice_of.at(payment->id)]) {
      const auto part = share(line->title.open, payment->title.open);
      if (part.is_zero()) continue;
      line->title.open -= part;
      payment->title.open += part;
      line->title.paid_on = std::max(line->title.paid_on.value_or(payment->title.issued_on), payment->title.issued_on);
    }
  }
  std::erase_if(ledger.lines, [&](const LedgerLine& line) {
    return line.title.open.is_zero() && !line.is_reconciled && invoice_of.contains(line.id);
  });
}

void settle(Ledger& ledger, const std::set<std::int64_t>& cancelled_invoices, Date today) {
  for (auto& line : ledger.lines) {
    auto& title = line.title;
    if (line.is_reconciled && cancelled_invoices.contains(line.invoice_id)) {
      title.status = TitleStatus::cancelled;
      continue;
    }
    if (!line.has_due_date) title.amount = title.open;  // what is left over of a payment
    title.paid = title.amount - title.open;
    title.status = status_of(title, today);
  }
}

}  // namespace tomada::erp::tryton
