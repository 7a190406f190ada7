// Keeps the accounts as a careful treasurer would: every Friday money moves to where it is needed, on the last day of
// the month banks take their fees and the investment pays its yield. On the last day of the year the owners take out
// what was earned, or bring in what is missing: a year's balances never depend on the year before, however many were
// kept. Needs the movements of all titles first.
#include "books.hpp"
#include "calendar.hpp"
#include "random.hpp"

#include <algorithm>
#include <tuple>

namespace tomada::erp::demo {
namespace {

class Treasury {
 public:
  explicit Treasury(Books& books) : books_{books}, usual_{books.accounts} {
    for (const auto place : {itau, banco_do_brasil, cash_box, investment})
      balances_.push_back(at_new_year(place, books.opened_on.year()));
  }

  void run() {
    sort();
    open();
    const auto dated = books_.movements;
    auto next = std::ranges::lower_bound(dated, books_.opened_on, {}, &MovementRow::on);
    for (auto day = books_.opened_on; day < books_.today; day = day + 1) {
      for (; next != dated.end() && next->on == day; ++next) balances_[index(next->account)] += next->amount;
      if (day.weekday() == 5) level(day);
      if ((day + 1).day() == 1) close_month(day);
      if ((day + 1).year() != day.year()) close_year(day);
    }
    sort();
  }

 private:
  enum Place : std::size_t { itau, banco_do_brasil, cash_box, investment };

  [[nodiscard]] std::int64_t at_new_year(Place place, int year) const {
    const auto& account = usual_[place];
    Random random{account.name, year};
    return account.opening * random.between(80, 120) / 100 + random.below(100);
  }
  // Movements before the books open belong to titles that were unfinished then; they are in the balance of that day.
  void open() {
    for (std::size_t at = 0; at < balances_.size(); ++at) books_.accounts[at].opening = balances_[at];
    for (const auto& row : books_.movements) {
      if (row.on < books_.opened_on) books_.accounts[index(row.account)].opening -= row.amount;
    }
  }

  void sort() {
    std::ranges::stable_sort(books_.movements, {},
                             [](const MovementRow& of) { return std::tie(of.on, of.account, of.title); });
  }
  [[nodiscard]] std::size_t index(std::int64_t account) const {
    return static_cast<std::size_t>(account - books_.accounts.front().id);
  }
  void book(Place place, Date on, std::int64_t amount, std::string_view note) {
    if (amount == 0) return;
    balances_[place] += amount;
    books_.movements.push_back({books_.accounts[place].id, 0, on, amount, note});
  }
  void transfer(Place from, Place to, Date on, std::int64_t amount) {
    book(from, on, -amount, "Transferência entre contas");
    book(to, on, amount, "Transferência entre contas");
  }

  void level(Date on) {
    constexpr std::int64_t float_cash = 800'00, float_second = 45'000'00, low = 90'000'00, high = 150'000'00;
    if (balances_[cash_box] > float_cash) transfer(cash_box, itau, on, balances_[cash_box] - float_cash);
    const auto spare = balances_[banco_do_brasil] - float_second;
    if (spare > 20'000'00) transfer(banco_do_brasil, itau, on, spare);
    if (spare < 0) transfer(itau, banco_do_brasil, on, -spare);
    if (balances_[itau] > high) transfer(itau, investment, on, (balances_[itau] - high) / 1'000'00 * 1'000'00);
    const auto missing = std::min(low - balances_[itau], balances_[investment]);
    if (missing > 0) transfer(investment, itau, on, missing);
  }

  void close_month(Date on) {
    book(itau, on, -89'90, "Tarifa de manutenção");
    book(banco_do_brasil, on, -64'50, "Tarifa de manutenção");
    book(investment, on, balances_[investment] * 82 / 10'000, "Rendimento da aplicação");
  }

  void close_year(Date on) {
    for (const auto place : {banco_do_brasil, cash_box, investment})
      transfer(place, itau, on, balances_[place] - at_new_year(place, on.year() + 1));
    const auto earned = balances_[itau] - at_new_year(itau, on.year() + 1);
    book(itau, on, -earned, earned > 0 ? "Distribuição de lucros" : "Aporte dos sócios");
  }

  Books& books_;
  const std::vector<AccountRow> usual_;  // what the accounts hold in an ordinary January
  std::vector<std::int64_t> balances_;
};

}  // namespace

void write_treasury(Books& books) { Treasury{books}.run(); }

}  // namespace tomada::erp::demo
