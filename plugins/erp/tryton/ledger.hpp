#pragma once
// Ledger: the lines of Tryton's receivable or payable accounts as titles. An invoice's line with a due date is a title;
// a payment that settles it wholly is reconciled with it, one that does not stays open beside it and is taken off the
// invoice's titles here, the oldest first. What belongs to no invoice (an advance, an opening balance) is a title of
// its own, with a negative amount where the company owes it, so that all that is open sums up to Tryton's own balance.
#include "model.hpp"
#include "tryton/client.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace tomada::erp::tryton {

struct LedgerLine {
  Title title;  // amount is signed: positive is owed in the ledger's direction
  std::int64_t id = 0;
  std::int64_t invoice_id = 0;  // whose line it is; 0: none
  bool is_reconciled = false;
  bool has_due_date = false;
};

struct Ledger {
  std::vector<LedgerLine> lines;
  Provenance provenance;
};

// The id in "account.invoice,12"; 0: it is of another model, or none.
[[nodiscard]] std::int64_t id_in(std::string_view reference, std::string_view model);
// Reversals of cancelled invoices, which are reconciled with what they reverse, are left out.
[[nodiscard]] Ledger read_lines(const Rows& rows, Direction direction);
// Open lines without a due date that are payments of an invoice.
[[nodiscard]] std::vector<std::int64_t> loose_payments(const Ledger& ledger);
// invoice_of: a payment's line to its invoice. What of a payment is left over stays a title.
void allocate(Ledger& ledger, const std::map<std::int64_t, std::int64_t>& invoice_of);
// Says of each title what is paid and open of it.
void settle(Ledger& ledger, const std::set<std::int64_t>& cancelled_invoices, Date today);

}  // namespace tomada::erp::tryton
