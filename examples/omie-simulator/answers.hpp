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

// The calls that create something; they keep it in the company.
[[nodiscard]] bool is_creation(const CallType& call);
[[nodiscard]] Reply create(const CallType& call, const json::object& parameters, Company& company);

[[nodiscard]] inline const char* flag(bool is_set) { return is_set ? "S" : "N"; }  // how Omie writes truth

// By subject, in files of that name.
[[nodiscard]] Reply list_customers(const Question& question);
[[nodiscard]] Reply list_customers_briefly(const Question& question);
[[nodiscard]] Reply get_customer(const Question& question);
[[nodiscard]] Reply list_categories(const Question& question);
[[nodiscard]] Reply list_departments(const Question& question);
[[nodiscard]] Reply list_companies(const Question& question);
[[nodiscard]] Reply list_products(const Question& question);
[[nodiscard]] Reply list_stock(const Question& question);
[[nodiscard]] Reply list_accounts(const Question& question);
[[nodiscard]] Reply list_accounts_briefly(const Question& question);
[[nodiscard]] Reply get_statement(const Question& question);
[[nodiscard]] Reply list_titles(const Question& question);
[[nodiscard]] Reply list_movements(const Question& question);
[[nodiscard]] Reply get_summary(const Question& question);
[[nodiscard]] Reply list_orders(const Question& question);
[[nodiscard]] Reply list_invoices(const Question& question);

}  // namespace omie_simulator
