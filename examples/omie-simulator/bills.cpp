// What is to be paid, to us and by us.
#include "inventing.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace omie_simulator {
namespace {

using std::chrono::days;

constexpr Id first_title = 3037854001;

// What was sold, done or bought, and is therefore to be paid.
struct Bill {
  bool is_payable = false;
  Id customer = 0, project = 0, salesperson = 0;
  Id order = 0, service_order = 0, purchase = 0;
  std::string_view category;
  std::string document, invoice;
  Day day;
  Cents amount = 0;
};

std::vector<Bill> bills_of(const Company& company) {
  std::vector<Bill> out;
  for (const auto& order : company.orders)
    if (order.invoiced_on && !order.is_cancelled)
      out.push_back({false, order.customer, order.project, order.salesperson, order.id, 0, 0, "1.01.02",
                     "PV " + order.number, order.invoice, *order.invoiced_on, order.total()});
  for (const auto& done : company.service_orders)
    if (done.invoiced_on)
      out.push_back({false, done.customer, 0, done.salesperson, 0, done.id, 0, "1.01.01", "OS " + done.number,
                     done.invoice, *done.invoiced_on, done.total()});
  for (const auto& bought : company.purchases)
    if (bought.received_on)
      out.push_back({true,
                     bought.supplier,
                     0,
                     0,
                     0,
                     0,
                     bought.id,
                     "2.01.01",
                     "PC " + bought.number,
                     {},
                     *bought.received_on,
                     bought.total()});
  return out;
}

void settle(Random& random, Title& title, Day today) {
  const bool is_past = title.due < today;
  title.is_cancelled = random.happens(3);
  if (title.is_cancelled || !random.happens(is_past ? 88 : 10)) return;
  const bool is_partial = random.happens(8);
  title.paid = is_partial ? title.amount / 2 : title.amount;
  const Day around_due = title.due + days{random.between(-3, 12)}, lately = today - days{random.between(0, 20)};
  title.paid_on = std::max(title.issued, around_due <= today ? around_due : lately);
  title.changed = std::max(title.created, hour_of(*title.paid_on, title.id, today));
}

// What all titles have.
Title begin_title(Random& random, std::size_t index, const Company& company) {
  Title out;
  out.id = first_title + static_cast<Id>(index);
  out.account = random.one_of(company.accounts).id;
  out.kind = random.happens(60) ? "BOL" : "PIX";
  return out;
}

Title bill_title(Random& random, std::size_t index, const Bill& bill, const Company& company) {
  Title out = begin_title(random, index, company);
  out.is_payable = bill.is_payable, out.customer = bill.customer, out.amount = bill.amount;
  out.project = bill.project, out.salesperson = bill.salesperson;
  out.order = bill.order, out.service_order = bill.service_order, out.purchase = bill.purchase;
  out.category = bill.category, out.document = bill.document, out.invoice = bill.invoice;
  out.installment = "001/001";
  out.issued = bill.day;
  out.due = out.expected = bill.day + days{random.between(0, 45)};
  out.created = out.changed = hour_of(out.issued, out.id, company.today);
  settle(random, out, company.today);
  out.is_cancelled = false;  // what it is the bill of is not
  return out;
}

Title invent_title(Random& random, std::size_t index, const Company& company) {
  Title out = begin_title(random, index, company);
  out.is_payable = random.happens(40);
  out.customer = random.one_of(company.customers).id;
  out.project = random.happens(15) ? random.one_of(company.projects).id : 0;
  static constexpr std::string_view income[] = {"1.01.01", "1.01.02", "1.01.03"};
  static constexpr std::string_view expense[] = {"2.01.01", "2.01.04", "2.02.01", "2.02.02", "2.03.01"};
  out.category = out.is_payable ? random.one_of(expense) : random.one_of(income);
  const std::int64_t of = random.between(1, 3);
  out.installment = padded(random.between(1, of), 3) + "/" + padded(of, 3);
  out.document = (out.is_payable ? "NF " : "RPS ") + std::to_string(random.between(100'000, 999'999));
  out.due = company.today + days{random.between(-365, 90)};
  const Day before_due = out.due - days{random.between(5, 60)}, lately = company.today - days{random.between(0, 30)};
  out.issued = before_due <= company.today ? before_due : lately;
  out.expected = out.due;
  out.created = out.changed = hour_of(out.issued, out.id, company.today);
  out.amount = random.between(1'500, 2'500'000);
  settle(random, out, company.today);
  return out;
}

// The document knows its bill.
void note_bill(Company& company, const Title& title) {
  const auto find = [](auto& items, Id id) { return id - items.front().id; };
  if (title.order) company.orders[static_cast<std::size_t>(find(company.orders, title.order))].title = title.id;
  if (title.purchase)
    company.purchases[static_cast<std::size_t>(find(company.purchases, title.purchase))].title = title.id;
  if (title.service_order)
    company.service_orders[static_cast<std::size_t>(find(company.service_orders, title.service_order))].title =
        title.id;
}

}  // namespace

void invent_titles(Random& random, const Options& options, Company& company) {
  const auto bills = bills_of(company);
  company.titles.reserve(options.titles);
  for (std::size_t i = 0; i < options.titles; ++i) {
    company.titles.push_back(i < bills.size() ? bill_title(random, i, bills[i], company)
                                              : invent_title(random, i, company));
    if (i < bills.size()) note_bill(company, company.titles.back());
  }
}

}  // namespace omie_simulator
