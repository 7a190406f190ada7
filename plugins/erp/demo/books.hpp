#pragma once
// Books: the demo company's rows before they enter the database. Money in cents, quantities in whole units.
#include "date.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::demo {

// How promptly a customer pays.
enum class Habit { prompt, slow, doubtful };
enum class Trade { buyer, person, goods, carrier, service, authority, employee };

struct PartnerRow {
  std::int64_t id = 0;
  std::string name, trade_name, tax_id, city, state, email, phone;
  bool is_customer = false, is_supplier = false, is_active = true;
  Trade trade = Trade::buyer;
  Habit habit = Habit::prompt;
  int terms = 0;  // which terms of payment it was given
};

struct CategoryRow {
  std::string_view code, description, kind;  // revenue | expense | transfer
  bool is_group = false, is_active = true;
};

struct DepartmentRow {
  std::string_view code, structure, description;
  bool is_active = true;
};

struct ProductRow {
  std::int64_t id = 0;
  std::string code;
  std::string_view description, unit;
  std::int64_t price = 0;
  std::int64_t on_hand = 0, reserved = 0, minimum = 0;
  bool is_active = true;
};

struct OrderRow {
  std::int64_t id = 0, number = 0, partner = 0;
  Date ordered_on, expected_on;
  std::string_view status;  // quote | open | invoiced | cancelled
  std::int64_t total = 0;
};

struct OrderItemRow {
  std::int64_t order = 0, product = 0, quantity = 0, unit_price = 0, total = 0;
};

struct InvoiceRow {
  std::int64_t number = 0, order = 0;
  Date issued_on;
  std::int64_t total = 0;
  bool is_cancelled = false;
};

struct TitleRow {
  std::int64_t id = 0;
  bool is_receivable = false;
  std::string document, installment;
  std::int64_t partner = 0, order = 0;  // order 0: none
  std::string_view category, department;
  Date issued_on, due_on;
  std::int64_t amount = 0, paid = 0;
  Date paid_on;  // when paid > 0
  bool is_cancelled = false;
};

struct AccountRow {
  std::int64_t id = 0;
  std::string_view name, kind, bank;
  std::int64_t opening = 0;  // before the first movement that is kept
};

struct MovementRow {
  std::int64_t account = 0, title = 0;  // title 0: a transfer, a fee, a yield
  Date on;
  std::int64_t amount = 0;  // in: positive
  std::string_view note;
};

struct Books {
  Date today;
  Date opened_on;  // the first day of a year: everything since is here, and what was unfinished on it
  Date begun_on;   // a year earlier: what is written, so that unfinished things are as they were left
  std::vector<PartnerRow> partners;
  std::vector<CategoryRow> categories;
  std::vector<DepartmentRow> departments;
  std::vector<ProductRow> products;
  std::vector<OrderRow> orders;
  std::vector<OrderItemRow> items;
  std::vector<InvoiceRow> invoices;
  std::vector<TitleRow> titles;
  std::vector<AccountRow> accounts;
  std::vector<MovementRow> movements;
};

inline constexpr std::string_view company_name = "Aurora Embalagens e Descartáveis Ltda";
inline constexpr int whole_years_kept = 2;  // before the current one: 24 to 36 months

// The whole company as it stands at the end of `today`: the same day gives the same books.
[[nodiscard]] Books make_books(Date today);

// The chapters, in the order they are written.
void write_registers(Books& books);  // categories, departments, products, accounts
void write_partners(Books& books);
void write_sales(Books& books);        // orders, items, invoices, receivables
void write_purchases(Books& books);    // goods and freight
void write_expenses(Books& books);     // rent, utilities, payroll, taxes
void write_settlements(Books& books);  // what was paid of each title
void drop_finished(Books& books);      // what was over before the books opened
void write_treasury(Books& books);     // opening balances, fees, yields, transfers, the owners' share

[[nodiscard]] std::vector<const PartnerRow*> partners_of(const Books& books, Trade trade);

// An amount in equal parts; the cents that do not divide go to the last.
[[nodiscard]] std::vector<std::int64_t> in_parts(std::int64_t amount, std::size_t parts);
[[nodiscard]] std::string installment_text(std::size_t at, std::size_t of);  // 001/003

}  // namespace tomada::erp::demo
