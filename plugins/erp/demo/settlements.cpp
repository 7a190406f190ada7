// Decides when each title was paid, from how its partner pays. What falls on or after `today` has not happened yet:
// the books stand as they are found in the morning. Every title is over within a year of its issue, so that one year
// written before the books open leaves all that was unfinished then.
#include "books.hpp"
#include "calendar.hpp"
#include "random.hpp"

#include <algorithm>
#include <optional>

namespace tomada::erp::demo {
namespace {

constexpr std::int64_t itau = 3'036'783'001, banco_do_brasil = 3'036'783'002, cash_box = 3'036'783'003;
constexpr int disputed_for = 240;  // days past due, until the bill is withdrawn

struct Plan {
  std::optional<std::int64_t> delay;  // days past due; absent: never pays
  int first_percent = 100;            // of the amount
  std::int64_t rest_delay = 0;        // days after the first payment
};

Plan customer_plan(Random& random, Habit habit, bool is_at_once) {
  Plan plan;
  const bool is_partial = random.chance(4);
  if (habit == Habit::prompt || (is_at_once && random.chance(90))) {
    plan.delay = random.chance(is_at_once ? 97 : 86) ? 0 : random.between(1, 7);
  } else if (habit == Habit::slow) {
    plan.delay = random.between(0, 28);
  } else if (random.chance(30)) {
    plan.delay = random.between(90, 210);  // not before it is protested, then all at once
    return plan;
  } else {
    plan.delay = random.between(10, 75);
  }
  if (is_at_once) return plan;
  if (random.chance(10)) return {-25, 40, 25};  // something down, the rest when due
  if (is_partial) {
    plan.first_percent = static_cast<int>(random.between(3, 7)) * 10;
    plan.rest_delay = habit == Habit::doubtful ? random.between(60, 150) : random.between(15, 50);
  }
  return plan;
}

Plan own_plan(Random& random, Trade trade) {                            // how the company itself pays
  if (trade == Trade::goods && random.chance(6)) return {-15, 30, 15};  // made to order: something down
  Plan plan;
  const auto fate = random.below(200);
  if (fate == 0) return plan;  // disputed
  plan.delay = fate < 12 ? random.between(1, 12) : 0;
  if (fate > 197) {
    plan.first_percent = 50;
    plan.rest_delay = random.between(20, 40);
  }
  return plan;
}

class Settlements {
 public:
  explicit Settlements(Books& books) : books_{books} {}

  void settle(TitleRow& title) {
    if (title.is_cancelled) return;
    Random random{"settlement", title.id};
    const auto& partner = books_.partners[static_cast<std::size_t>(title.partner - books_.partners.front().id)];
    const auto plan = title.is_receivable ? customer_plan(random, partner.habit, title.due_on == title.issued_on)
                                          : own_plan(random, partner.trade);
    if (!plan.delay) return withdraw(title);
    const auto account = account_of(random, title, partner);
    const auto paid_on = title.due_on + *plan.delay;  // customers pay after a weekend, the company before it
    const auto first_on =
        std::max(title.is_receivable ? next_working_day(paid_on) : last_working_day(paid_on), title.issued_on);
    const auto first = title.amount * plan.first_percent / 100;
    move(title, account, first_on, first);
    if (first == title.amount) return;
    move(title, account, next_working_day(first_on + plan.rest_delay), title.amount - first);
  }

 private:
  void withdraw(TitleRow& title) const { title.is_cancelled = books_.today - title.due_on > disputed_for; }

  static std::int64_t account_of(Random& random, const TitleRow& title, const PartnerRow& partner) {
    if (!title.is_receivable) return partner.trade == Trade::goods && random.chance(35) ? banco_do_brasil : itau;
    if (partner.trade == Trade::person && random.chance(40)) return cash_box;
    return partner.terms % 10 < 3 ? banco_do_brasil : itau;
  }

  void move(TitleRow& title, std::int64_t account, Date on, std::int64_t amount) {
    if (on >= books_.today) return;
    title.paid += amount;
    title.paid_on = on;
    books_.movements.push_back({account, title.id, on, title.is_receivable ? amount : -amount,
                                title.is_receivable ? "Recebimento" : "Pagamento"});
  }

  Books& books_;
};

}  // namespace

void write_settlements(Books& books) {
  Settlements settlements{books};
  for (auto& title : books.titles) settlements.settle(title);
}

}  // namespace tomada::erp::demo
