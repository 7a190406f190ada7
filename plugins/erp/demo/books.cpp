// Every chapter draws from its own Random, seeded by the chapter and the calendar, never by a running state: tomorrow's
// books hold today's orders unchanged and add to them. Only payments, reservations and balances look at `today`.
// The past never changes: old years leave whole, at the turn of a year, and every year begins with balances that follow
// from that year alone (see treasury.cpp), so that the next books agree with the last ones on every day both know.
#include "books.hpp"

namespace tomada::erp::demo {

Books make_books(Date today) {
  Books books;
  books.today = today;
  books.opened_on = Date::of(today.year() - whole_years_kept, 1, 1);
  books.begun_on = Date::of(today.year() - whole_years_kept - 1, 1, 1);
  write_registers(books);
  write_partners(books);
  write_sales(books);
  write_purchases(books);
  write_expenses(books);
  write_settlements(books);
  drop_finished(books);
  write_treasury(books);
  return books;
}

std::vector<const PartnerRow*> partners_of(const Books& books, Trade trade) {
  std::vector<const PartnerRow*> out;
  for (const auto& partner : books.partners) {
    if (partner.trade == trade) out.push_back(&partner);
  }
  return out;
}

std::vector<std::int64_t> in_parts(std::int64_t amount, std::size_t parts) {
  const auto each = amount / static_cast<std::int64_t>(parts);
  std::vector<std::int64_t> out(parts, each);
  out.back() = amount - each * static_cast<std::int64_t>(parts - 1);
  return out;
}

std::string installment_text(std::size_t at, std::size_t of) {
  const auto three = [](std::size_t number) { return std::to_string(1000 + number).substr(1); };
  return three(at) + '/' + three(of);
}

}  // namespace tomada::erp::demo
