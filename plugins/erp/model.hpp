#pragma once
// The canonical values of an ERP: what every source speaks and every tool shows. Money is exact.
#include "date.hpp"

#include <tomada/decimal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tomada::erp {

using sdk::Decimal;

struct Partner {  // a customer, a supplier, or both
  std::string id;
  std::string name;        // razão social, or the person's name
  std::string trade_name;  // nome fantasia
  std::string tax_id;      // CNPJ or CPF with its punctuation
  std::string city;
  std::string state;  // two letters
  std::string email;
  std::string phone;
  bool is_customer = false;
  bool is_supplier = false;
  bool is_active = true;
};

struct Counterparty {  // the partner of an order or a title, as far as lists need it
  std::string id;
  std::string name;
  std::string trade_name;
  std::string tax_id;
};

enum class CategoryKind { revenue, expense, transfer };
struct Category {
  std::string code;  // dotted: 1.01.02
  std::string description;
  CategoryKind kind = CategoryKind::revenue;
  bool is_group = false;  // a heading that only totals those below it
  bool is_active = true;
};

struct Department {
  std::string code;
  std::string description;
  std::string structure;  // its place in the tree: 001.002
  bool is_active = true;
};

struct Product {
  std::string id;
  std::string code;
  std::string description;
  std::string unit;
  Decimal price;
  Decimal stock;          // available: on hand minus reserved
  Decimal minimum_stock;  // zero: none set
  bool is_active = true;

  [[nodiscard]] bool is_low() const noexcept { return !minimum_stock.is_zero() && stock < minimum_stock; }
};

// The same for two records of one partner, also where an ERP has no id for it.
[[nodiscard]] inline std::string identity_of(const Counterparty& partner) {
  return partner.id.empty() ? partner.tax_id + '\n' + partner.name : partner.id;
}

struct OrderItem {
  std::string product_code;
  std::string description;
  Decimal quantity;
  Decimal unit_price;
  Decimal total;
};

enum class OrderStatus { quote, open, invoiced, cancelled };
struct Order {
  std::string id;
  std::string number;
  Counterparty partner;
  Date ordered_on;
  std::optional<Date> expected_on;
  OrderStatus status = OrderStatus::open;
  Decimal total;
  std::string invoice_number;  // empty: not invoiced
  std::vector<OrderItem> items;
};

enum class Direction { receivable, payable };

// A title with something open past its due date is overdue, also when part of it was paid.
enum class TitleStatus { open, overdue, partial, paid, cancelled };

struct Title {  // one instalment to receive or to pay
  std::string id;
  std::string document;     // number of the invoice, bill or contract
  std::string installment;  // 001/003
  Direction direction = Direction::receivable;
  Counterparty partner;
  std::string category_code;
  std::string category;  // its description
  Date issued_on;
  Date due_on;
  std::optional<Date> paid_on;  // of the last payment
  Decimal amount;
  Decimal paid;
  Decimal open;  // what is left to pay; zero when paid or cancelled
  TitleStatus status = TitleStatus::open;
};

// The status that follows from the amounts and the day; sources that know better (cancelled) say so themselves.
[[nodiscard]] inline TitleStatus status_of(const Title& title, Date today) noexcept {
  if (title.open.is_zero()) return TitleStatus::paid;
  if (title.due_on < today) return TitleStatus::overdue;
  return title.paid.is_zero() ? TitleStatus::open : TitleStatus::partial;
}

struct Account {
  std::string id;
  std::string name;
  std::string kind;  // checking | savings | cash | investment | card | other
  std::string bank;  // empty: none
  Decimal balance;
};

struct Outlook {    // what is open of one direction
  Decimal open;     // all of it
  Decimal overdue;  // of that, past its due date
  Decimal next_7;   // of that, due from today to 7 days ahead
  Decimal next_30;  // of that, due from today to 30 days ahead
};

inline void add_to(Outlook& outlook, const Title& title, Date today) {
  outlook.open += title.open;
  if (title.due_on < today) {
    outlook.overdue += title.open;
    return;
  }
  if (title.due_on <= today + 7) outlook.next_7 += title.open;
  if (title.due_on <= today + 30) outlook.next_30 += title.open;
}

struct Company {
  std::string name;
  std::string tax_id;  // empty: the source does not say
};

}  // namespace tomada::erp
