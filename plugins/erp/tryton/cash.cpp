// The cash position: the balances of the accounts into which Tryton's payment methods pay, and what is open.
#include "tryton/tryton_source.hpp"

#include <set>
#include <utility>

namespace tomada::erp::tryton {

std::vector<Account> TrytonSource::read_accounts(const Books& books, Provenance& provenance,
                                                 const Request& request) const {
  const auto methods = read("account.invoice.payment.method", Domain{}.with("company", "=", books.company_id),
                            {"credit_account", "debit_account"}, books, request);
  std::set<std::int64_t> ids;
  for_each(methods, [&](const Row& row) {
    ids.insert(row.id("credit_account"));
    ids.insert(row.id("debit_account"));
  });
  std::vector<Account> out;
  if (ids.empty()) return out;
  const auto rows = read("account.account", Domain{}.among("id", {ids.begin(), ids.end()}), {"name", "code", "balance"},
                         books, request);
  merge(provenance, rows.provenance);
  for_each(rows, [&](const Row& row) {
    out.push_back({std::to_string(row.id()), row.text("name"), "other", {}, row.required_money("balance")});
  });
  return {out.rbegin(), out.rend()};
}

Balances TrytonSource::balances(const Request& request) {
  const auto books = this->books(request);
  Balances out;
  static_cast<Provenance&>(out) = provenance(books);
  out.accounts = read_accounts(books, out, request);
  return out;
}

Outlook TrytonSource::outlook(Direction direction, const Books& books, Provenance& provenance,
                              const Request& request) const {
  TitleQuery open;
  open.direction = direction;
  open.status = TitleFilter::open;
  const auto ledger = read_ledger(open, books, request);
  merge(provenance, ledger.provenance);
  const auto nothing = Decimal::from_units(0, 2);
  Outlook out{nothing, nothing, nothing, nothing};
  for (const auto& line : ledger.lines) add_to(out, line.title, request.today);
  return out;
}

CashPosition TrytonSource::cash_position(const Request& request) {
  const auto books = this->books(request);
  CashPosition out;
  static_cast<Provenance&>(out) = provenance(books);
  out.accounts = read_accounts(books, out, request);
  out.receivable = outlook(Direction::receivable, books, out, request);
  out.payable = outlook(Direction::payable, books, out, request);
  return out;
}

}  // namespace tomada::erp::tryton
