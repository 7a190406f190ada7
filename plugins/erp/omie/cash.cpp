// The cash position: balances from statements of today, what is open from the titles.
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"

namespace tomada::erp::omie {
namespace {

constexpr Decimal nothing = Decimal::from_units(0, 2);

}  // namespace

Decimal OmieSource::read_balance(const Account& account, Provenance& provenance, const Request& request) const {
  const auto today = request.today.brazilian();
  const sdk::json::object asked{{"nCodCC", std::stoll(account.id)},
                                {"dPeriodoInicial", today},
                                {"dPeriodoFinal", today},
                                {"cExibirApenasSaldo", "S"}};
  const auto statement = client_.ask(operations::statement, asked, request);
  merge(provenance, statement.provenance);
  return read_record(operations::statement, statement.body,
                     [](const Record& record) { return record.required_money("nSaldoAtual"); });
}

std::vector<Account> OmieSource::read_accounts(Provenance& provenance, const Request& request) const {
  const auto accounts = client_.read_all(operations::accounts, {{"filtrar_apenas_ativo", "S"}}, request);
  merge(provenance, accounts.provenance);
  std::vector<Account> out;
  for (const auto& row : accounts.rows) {
    if (Record{row}.is_yes("inativo")) continue;
    auto account = read_record(operations::accounts, row, account_from);
    account.balance = read_balance(account, provenance, request);
    out.push_back(std::move(account));
  }
  return out;
}

Outlook OmieSource::outlook(Direction direction, Provenance& provenance, const Request& request) {
  TitleQuery open;
  open.direction = direction;
  open.status = TitleFilter::open;
  const auto titles = read_titles(open, request);
  merge(provenance, titles.provenance);
  Outlook out{nothing, nothing, nothing, nothing};
  for (const auto& title : *titles.items) add_to(out, title, request.today);  // nothing is open of the others
  return out;
}

CashPosition OmieSource::cash_position(const Request& request) {
  CashPosition out;
  out.accounts = read_accounts(out, request);
  out.receivable = outlook(Direction::receivable, out, request);
  out.payable = outlook(Direction::payable, out, request);
  return out;
}

}  // namespace tomada::erp::omie
