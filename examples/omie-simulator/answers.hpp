#pragma once
// Answers: the calls themselves, on the invented company.
#include "call_table.hpp"
#include "company.hpp"
#include "findings.hpp"
#include "options.hpp"
#include "reply.hpp"

namespace omie_simulator {

struct Question {
  const CallType& call;
  const json::object& parameters;
  const Company& company;
  const Options& options;
  Findings& findings;
};

[[nodiscard]] Reply answer(const Question& question);
[[nodiscard]] bool has_function(const CallType& call);  // else its company has no records, or it creates something

// The calls that create something; they keep it in the company.
[[nodiscard]] bool is_creation(const CallType& call);
[[nodiscard]] Reply create(const CallType& call, const json::object& parameters, Company& company);

[[nodiscard]] inline const char* flag(bool is_set) { return is_set ? "S" : "N"; }  // how Omie writes truth

// By subject, in files of that name.
[[nodiscard]] Reply get_category(const Question& question);
[[nodiscard]] Reply get_customer(const Question& question);
[[nodiscard]] Reply get_department(const Question& question);
[[nodiscard]] Reply get_invoice(const Question& question);
[[nodiscard]] Reply get_order(const Question& question);
[[nodiscard]] Reply get_order_status(const Question& question);
[[nodiscard]] Reply get_product(const Question& question);
[[nodiscard]] Reply get_service_order(const Question& question);
[[nodiscard]] Reply get_statement(const Question& question);
[[nodiscard]] Reply get_stock(const Question& question);
[[nodiscard]] Reply get_stock_summary(const Question& question);
[[nodiscard]] Reply get_summary(const Question& question);
[[nodiscard]] Reply get_title(const Question& question);
[[nodiscard]] Reply list_accounts(const Question& question);
[[nodiscard]] Reply list_accounts_briefly(const Question& question);
[[nodiscard]] Reply list_banks(const Question& question);
[[nodiscard]] Reply list_budget(const Question& question);
[[nodiscard]] Reply list_categories(const Question& question);
[[nodiscard]] Reply list_cities(const Question& question);
[[nodiscard]] Reply list_companies(const Question& question);
[[nodiscard]] Reply list_customers(const Question& question);
[[nodiscard]] Reply list_customers_briefly(const Question& question);
[[nodiscard]] Reply list_departments(const Question& question);
[[nodiscard]] Reply list_entries(const Question& question);
[[nodiscard]] Reply list_families(const Question& question);
[[nodiscard]] Reply list_instalments(const Question& question);
[[nodiscard]] Reply list_invoices(const Question& question);
[[nodiscard]] Reply list_kinds_of_documents(const Question& question);
[[nodiscard]] Reply list_locations(const Question& question);
[[nodiscard]] Reply list_movements(const Question& question);
[[nodiscard]] Reply list_moves_by_product(const Question& question);
[[nodiscard]] Reply list_open(const Question& question);
[[nodiscard]] Reply list_open_of_category(const Question& question);
[[nodiscard]] Reply list_order_steps(const Question& question);
[[nodiscard]] Reply list_orders(const Question& question);
[[nodiscard]] Reply list_products(const Question& question);
[[nodiscard]] Reply list_products_briefly(const Question& question);
[[nodiscard]] Reply list_projects(const Question& question);
[[nodiscard]] Reply list_purchases(const Question& question);
[[nodiscard]] Reply list_salespeople(const Question& question);
[[nodiscard]] Reply list_service_invoices(const Question& question);
[[nodiscard]] Reply list_service_orders(const Question& question);
[[nodiscard]] Reply list_services(const Question& question);
[[nodiscard]] Reply list_steps(const Question& question);
[[nodiscard]] Reply list_stock(const Question& question);
[[nodiscard]] Reply list_stock_moves(const Question& question);
[[nodiscard]] Reply list_tags(const Question& question);
[[nodiscard]] Reply list_titles(const Question& question);
[[nodiscard]] Reply list_units(const Question& question);
[[nodiscard]] Reply search_titles(const Question& question);

}  // namespace omie_simulator
