// What leaves the books when they open on a new year: what was over by then. An order stays with all its titles as long
// as one of them was not, so that orders, invoices and titles always add up.
#include "books.hpp"

#include <cstdint>
#include <unordered_set>

namespace tomada::erp::demo {
namespace {

using Ids = std::unordered_set<std::int64_t>;

bool is_over(const TitleRow& title, Date opened_on) {
  if (title.due_on >= opened_on) return false;
  return title.is_cancelled || (title.paid == title.amount && title.paid_on < opened_on);
}

}  // namespace

void drop_finished(Books& books) {
  const auto opened_on = books.opened_on;
  Ids orders, titles;  // that stay; of the titles, those with movements that may lie before the books
  for (const auto& order : books.orders) {
    if (order.ordered_on >= opened_on) orders.insert(order.id);
  }
  for (const auto& title : books.titles) {
    if (title.order != 0 && !is_over(title, opened_on)) orders.insert(title.order);
  }
  std::erase_if(books.titles,
                [&](const TitleRow& title) { return is_over(title, opened_on) && !orders.contains(title.order); });
  for (const auto& title : books.titles) {
    if (title.issued_on < opened_on) titles.insert(title.id);
  }
  std::erase_if(books.movements,
                [&](const MovementRow& row) { return row.on < opened_on && !titles.contains(row.title); });
  std::erase_if(books.orders, [&](const OrderRow& order) { return !orders.contains(order.id); });
  std::erase_if(books.items, [&](const OrderItemRow& item) { return !orders.contains(item.order); });
  std::erase_if(books.invoices, [&](const InvoiceRow& invoice) { return !orders.contains(invoice.order); });
}

}  // namespace tomada::erp::demo
