#include "tools/listing.hpp"

namespace tomada::erp::tools {
namespace {

json::object show(const Outlook& outlook) {
  return {{"open", outlook.open.text()},
          {"overdue", outlook.overdue.text()},
          {"next_7_days", outlook.next_7.text()},
          {"next_30_days", outlook.next_30.text()}};
}

std::string line(std::string_view what, const Outlook& outlook) {
  return '\n' + std::string{what} + ": open " + outlook.open.text() + ", of it overdue " + outlook.overdue.text() +
         ", due in 7 days " + outlook.next_7.text() + ", in 30 days " + outlook.next_30.text();
}

json::object show(const Account& account) {
  json::object facts{{"name", account.name}, {"kind", account.kind}, {"balance", account.balance.text()}};
  if (!account.bank.empty()) facts["bank"] = account.bank;
  return facts;
}

}  // namespace

Answer cash_position(Source& source, const json::object&, const Request& request) {
  const auto position = source.cash_position(request);
  const auto total = sdk::sum(position.accounts, [](const Account& account) { return account.balance; });
  const auto in_7 = total + position.receivable.next_7 - position.payable.next_7;
  const auto in_30 = total + position.receivable.next_30 - position.payable.next_30;
  json::array accounts;
  std::string text = "Cash: " + total.text() + ' ' + position.currency;
  for (const auto& account : position.accounts) {
    accounts.push_back(show(account));
    text += "\n- " + account.name + ": " + account.balance.text();
  }
  text += line("To receive", position.receivable) + line("To pay", position.payable);
  text +=
      "\nProjected: " + in_7.text() + " in 7 days, " + in_30.text() + " in 30 days, if all falls in on its due date";
  text += " and nothing overdue does.";
  json::object facts{{"total", total.text()}};
  facts["accounts"] = std::move(accounts);
  facts["receivable"] = show(position.receivable);
  facts["payable"] = show(position.payable);
  facts["projection"] = json::object{{"in_7_days", in_7.text()}, {"in_30_days", in_30.text()}};
  stamp(facts, position, request);
  text += "\nAs of " + std::string{facts["as_of"].as_string()} + '.';
  if (const auto gaps = note_gaps(facts, position); !gaps.empty()) {
    const auto step = "What is to receive and to pay is " + gaps +
                      ". Ask erp_receivables and erp_payables with due dates for complete totals.";
    facts["next_step"] = step;
    text += ' ' + step;
  }
  return sourced(source, position, std::move(facts), std::move(text));
}

}  // namespace tomada::erp::tools
