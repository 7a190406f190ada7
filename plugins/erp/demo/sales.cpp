#include "books.hpp"
#include "calendar.hpp"
#include "random.hpp"

#include <algorithm>
#include <span>

namespace tomada::erp::demo {
namespace {

constexpr std::int64_t orders_a_month = 200;  // room in the numbering, far above what a month brings

std::span<const int> terms_of(const PartnerRow& customer) {  // days from invoice to due date
  static constexpr int at_once[]{0}, four_weeks[]{28}, month[]{30}, two[]{28, 56}, three[]{30, 60, 90},
      weekly[]{14, 28, 42};
  if (customer.trade == Trade::person || customer.terms < 12) return at_once;
  if (customer.terms < 32) return four_weeks;
  if (customer.terms < 47) return month;
  if (customer.terms < 67) return two;
  if (customer.terms < 83) return three;
  return weekly;
}

class Sales {
 public:
  explicit Sales(Books& books) : books_{books} {
    for (const auto& partner : books.partners) {
      if (partner.is_customer && partner.is_active) customers_.push_back(&partner);
    }
  }

  void day(Date on) {
    if (on.day() == 1) in_month_ = 0;
    if (!is_working_day(on)) return;
    Random random{"orders", on.days()};
    const auto count = (random.between(225, 420) * season_percent(on) / 100 + random.below(100)) / 100;
    for (std::int64_t n = 0; n < count; ++n) order(on, n);
  }

 private:
  void order(Date on, std::int64_t n) {
    Random random{"order", on.days() * 100 + n};
    const auto count = static_cast<std::int64_t>(customers_.size());
    const auto& customer = *customers_[static_cast<std::size_t>(random.below(count) * random.between(30, 100) / 100)];
    OrderRow row;
    row.id = 3'000'000'000 + on.days() * 100 + n;
    row.number = month_number(on) * orders_a_month + ++in_month_;
    row.partner = customer.id;
    row.ordered_on = on;
    row.expected_on = next_working_day(on + random.between(1, 5));
    row.total = items(random, row.id, customer.trade == Trade::person);
    settle_status(random, row, customer);
    books_.orders.push_back(row);
  }

  std::int64_t items(Random& random, std::int64_t order, bool is_small) {
    const auto first = books_.items.size();
    const auto lines = is_small ? random.between(1, 3) : random.between(1, 6);
    std::int64_t total = 0;
    for (std::int64_t line = 0; line < lines; ++line) {
      const auto at = random.below(static_cast<std::int64_t>(books_.products.size()) - 1);  // the last is not sold
      const auto& product = books_.products[static_cast<std::size_t>(at)];
      const auto is_same = [&](const OrderItemRow& item) { return item.product == product.id; };
      if (std::any_of(books_.items.begin() + static_cast<std::ptrdiff_t>(first), books_.items.end(), is_same)) continue;
      const auto worth = is_small ? random.between(40'00, 150'00) : random.between(310'00, 2'430'00);
      const auto price = product.price * (100 - random.below(3) * 2) / 100;  // some get 2 or 4 % off
      const auto quantity = std::max<std::int64_t>(1, worth / price);
      books_.items.push_back({order, product.id, quantity, price, quantity * price});
      total += quantity * price;
    }
    return total;
  }

  void settle_status(Random& random, OrderRow& row, const PartnerRow& customer) {
    const auto fate = random.below(100);
    const auto decided_on = next_working_day(row.ordered_on + random.between(0, 4));
    if (fate < 5) {  // a quote: forgotten after two weeks
      row.status = books_.today - row.ordered_on > 14 ? "cancelled" : "quote";
    } else if (decided_on > books_.today) {
      row.status = "open";
      reserve(row.id);
    } else if (fate < 8) {
      row.status = "cancelled";
    } else {
      const bool is_returned =
          fate == 99 && decided_on + 2 <= books_.today && terms_of(customer)[0] > 2;  // not yet paid
      row.status = is_returned ? "cancelled" : "invoiced";
      invoice(row, customer, decided_on, is_returned);
    }
  }

  void reserve(std::int64_t order) {
    for (const auto& item : books_.items) {
      if (item.order != order) continue;
      auto& product = books_.products[static_cast<std::size_t>(item.product - books_.products.front().id)];
      product.reserved += item.quantity;
      product.on_hand = std::max(product.on_hand, product.reserved);
    }
  }

  void invoice(const OrderRow& row, const PartnerRow& customer, Date on, bool is_cancelled) {
    books_.invoices.push_back({row.number + 10'000, row.id, on, row.total, is_cancelled});
    const auto terms = terms_of(customer);
    const auto amounts = in_parts(row.total, terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i) {
      TitleRow title;
      title.id = 4'000'000'000 + (row.id - 3'000'000'000) * 10 + static_cast<std::int64_t>(i);
      title.is_receivable = true;
      title.document = "NF " + std::to_string(row.number + 10'000);
      title.installment = installment_text(i + 1, terms.size());
      title.partner = customer.id;
      title.order = row.id;
      title.category = customer.trade == Trade::person ? "1.01.02" : "1.01.01";
      title.department = customer.terms % 3 == 0 ? "5476990003" : "5476990002";
      title.issued_on = on;
      title.due_on = on + terms[i];
      title.amount = amounts[i];
      title.is_cancelled = is_cancelled;
      books_.titles.push_back(std::move(title));
    }
  }

  Books& books_;
  std::vector<const PartnerRow*> customers_;
  std::int64_t in_month_ = 0;
};

}  // namespace

void write_sales(Books& books) {
  Sales sales{books};
  for (auto day = books.begun_on; day <= books.today; day = day + 1) sales.day(day);
}

}  // namespace tomada::erp::demo
