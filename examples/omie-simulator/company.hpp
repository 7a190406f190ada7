#pragma once
// Company: the invented books of one company, the same for the same seed, relative to its today. Money is in cents.
#include "day.hpp"
#include "options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace omie_simulator {

using Cents = std::int64_t;
using Id = std::int64_t;

struct Customer {
  Id id = 0;
  std::string name, trade_name, tax_id, city, state, email, phone;
  bool is_person = false, is_customer = false, is_supplier = false, is_inactive = false;
  Moment created, changed;
  std::string integration;  // the code under which it was made through the API
};
struct Category {
  std::string code, parent, description;
  bool is_expense = false, is_inactive = false, is_group = false;
};
struct Department {
  std::string code, description, structure;
};
struct Family {
  Id id = 0;
  std::string code, name;
};
struct Project {
  Id id = 0;
  std::string code, name;
  bool is_inactive = false;
  Moment created, changed;
};
struct Salesperson {
  Id id = 0;
  std::string name, email;
  bool is_inactive = false;
  Moment created, changed;
};
struct StockMove {
  enum class Kind { opening, purchase, sale, count };
  Kind kind = Kind::opening;
  Day day;
  std::int64_t quantity = 0;  // negative: it left
  Id document = 0;            // the order or the purchase
};
struct Product {
  Id id = 0, family = 0;
  std::string code, description, unit, ncm;
  Cents price = 0, cost = 0;
  std::int64_t on_hand = 0, reserved = 0, pending = 0, minimum = 0;
  bool is_inactive = false;
  Moment created, changed;
  std::vector<StockMove> moves;  // in the order of their days; their sum is what is on hand
  [[nodiscard]] std::int64_t on_hand_at(Day day) const {
    std::int64_t sum = 0;
    for (const auto& move : moves) sum += move.day <= day ? move.quantity : 0;
    return sum;
  }
};
struct Account {
  Id id = 0;
  std::string code, description, kind, bank;
  Cents opening = 0, limit = 0;
  bool is_inactive = false;
};
struct Title {
  Id id = 0;
  bool is_payable = false;
  Id customer = 0, account = 0, project = 0, salesperson = 0;
  Id order = 0, service_order = 0, purchase = 0;  // what it is the bill of, if anything
  std::string category, document, invoice, installment, kind, integration;
  Day issued, due, expected;
  Moment created, changed;
  Cents amount = 0, paid = 0;
  std::optional<Day> paid_on;
  bool is_cancelled = false;
};
struct OrderItem {
  std::size_t product = 0;
  std::int64_t quantity = 0;
  Cents price = 0;
};
[[nodiscard]] inline Cents total_of(const std::vector<OrderItem>& items) {
  Cents sum = 0;
  for (const auto& item : items) sum += item.quantity * item.price;
  return sum;
}
struct Order {
  Id id = 0;
  std::string number, invoice, step;
  Id customer = 0, project = 0, salesperson = 0, title = 0;
  Day expected;
  Moment created, changed;
  std::optional<Day> invoiced_on;
  bool is_cancelled = false;
  std::vector<OrderItem> items;
  [[nodiscard]] Cents total() const { return total_of(items); }
};
struct Purchase {
  Id id = 0, supplier = 0, title = 0;
  std::string number;
  Day expected;
  Moment created, changed;
  std::optional<Day> received_on;
  bool is_cancelled = false;
  std::vector<OrderItem> items;
  [[nodiscard]] Cents total() const { return total_of(items); }
};
struct Service {
  Id id = 0;
  std::string code, description, law_code;  // law_code: of the list of services in LC 116
  Cents price = 0;
};
struct ServiceOrder {
  Id id = 0;
  std::string number, invoice, step;
  Id customer = 0, salesperson = 0, title = 0;
  std::size_t service = 0;
  std::int64_t quantity = 0;
  Cents price = 0;
  Day expected;
  Moment created, changed;
  std::optional<Day> invoiced_on;
  bool is_cancelled = false;
  [[nodiscard]] Cents total() const { return quantity * price; }
};

struct Company {
  Day today;
  std::string name, trade_name, tax_id;
  std::vector<Customer> customers;
  std::vector<Category> categories;
  std::vector<Department> departments;
  std::vector<Family> families;
  std::vector<Project> projects;
  std::vector<Salesperson> salespeople;
  std::vector<Product> products;
  std::vector<Service> services;
  std::vector<Account> accounts;
  std::vector<Title> titles;
  std::vector<Order> orders;
  std::vector<Purchase> purchases;
  std::vector<ServiceOrder> service_orders;
  std::unordered_map<std::string, Id> integrations;  // of titles made through the API, by direction and their code

  [[nodiscard]] const Customer* find_customer(Id id) const;
  [[nodiscard]] const Customer& customer(Id id) const { return *find_customer(id); }
  [[nodiscard]] const Title* find_title(Id id) const;
  [[nodiscard]] Moment now() const { return Moment{today} + (machine_now() - day_of(machine_now())); }
  [[nodiscard]] Cents balance(const Account& account, Day at) const;  // at the end of that day
};

inline constexpr Id stock_location = 3036783070;  // there is one

[[nodiscard]] Company invent(const Options& options);
[[nodiscard]] std::string_view status(const Title& title, Day today);  // "ATRASADO", "A VENCER", "PAGO", …

}  // namespace omie_simulator
