// Where cash goes from today's balances if every open title falls in on its due date. What is overdue already is shown
// apart and counted nowhere: nobody knows when it will come.
#include "tools/arguments.hpp"
#include "tools/listing.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 3> interval_names{"day", "week", "month"};
enum class Interval { day, week, month };
constexpr std::int64_t usual_periods = 8, most_periods = 60;

struct Flow {
  Decimal in = nothing, out = nothing;
  void add(Direction direction, Decimal open) { (direction == Direction::receivable ? in : out) += open; }
};

struct Period {
  Date from, to;
  Flow flow;
};

Date end_of(Date day, Interval interval) {
  if (interval == Interval::day) return day;
  if (interval == Interval::week) return day + (7 - static_cast<std::int64_t>(day.weekday())) % 7;  // until Sunday
  return (day - (static_cast<std::int64_t>(day.day()) - 1)).plus_months(1) - 1;
}

struct Forecast {
  std::vector<Period> periods;
  Flow open, overdue, later;
  std::map<Date, Flow> days;  // of the periods

  Forecast(Date today, Interval interval, std::int64_t count) {
    for (auto from = today; static_cast<std::int64_t>(periods.size()) < count; from = periods.back().to + 1)
      periods.push_back({from, end_of(from, interval), {}});
  }

  void add(const Title& title) {
    open.add(title.direction, title.open);
    if (title.due_on < periods.front().from) return overdue.add(title.direction, title.open);
    if (title.due_on > periods.back().to) return later.add(title.direction, title.open);
    std::ranges::lower_bound(periods, title.due_on, {}, &Period::to)->flow.add(title.direction, title.open);
    days[title.due_on].add(title.direction, title.open);
  }

  // The first day at whose end there is less than nothing; today, when that is so already.
  [[nodiscard]] std::optional<Date> below_zero_on(Decimal balance) const {
    if (balance.is_negative()) return periods.front().from;
    for (const auto& [day, flow] : days) {
      balance += flow.in - flow.out;
      if (balance.is_negative()) return day;
    }
    return std::nullopt;
  }
};

Provenance collect(Forecast& forecast, Source& source, const Request& request) {
  Provenance out;
  bool is_first = true;
  for (const auto direction : {Direction::receivable, Direction::payable}) {
    TitleQuery open;
    open.direction = direction;
    open.status = TitleFilter::open;
    const auto of = source.each_title(open, request, [&](const Title& title) { forecast.add(title); });
    if (std::exchange(is_first, false))
      out = of;
    else
      merge(out, of);
  }
  return out;
}

json::object show(const Flow& flow) { return {{"receivable", flow.in.text()}, {"payable", flow.out.text()}}; }

std::string words(const Flow& flow) { return "to receive " + flow.in.text() + ", to pay " + flow.out.text(); }

json::array show(const std::vector<Period>& periods, Decimal balance, std::string& text) {
  json::array out;
  for (const auto& [from, to, flow] : periods) {
    balance += flow.in - flow.out;
    out.push_back(json::object{{"from", from.iso()},
                               {"to", to.iso()},
                               {"in", flow.in.text()},
                               {"out", flow.out.text()},
                               {"balance", balance.text()}});
    text += "\n- " + from.iso() + (to == from ? "" : " to " + to.iso()) + ": in " + flow.in.text() + ", out " +
            flow.out.text() + ", balance " + balance.text();
  }
  return out;
}

}  // namespace

Answer cash_flow(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  const auto interval = read.choice("interval", interval_names, Interval::week);
  Forecast forecast{request.today, interval,
                    std::clamp<std::int64_t>(read.integer("periods", usual_periods), 1, most_periods)};
  auto provenance = collect(forecast, source, request);
  const auto cash = source.balances(request);
  merge(provenance, cash);
  const auto opening = nothing + sdk::sum(cash.accounts, [](const Account& account) { return account.balance; });
  const auto name = interval_names[static_cast<std::size_t>(interval)];
  std::string text =
      "Cash flow by " + std::string{name} + ", from " + opening.text() + ' ' + provenance.currency + " today:";
  json::object facts{{"interval", std::string{name}}, {"opening", opening.text()}};
  facts["periods"] = show(forecast.periods, opening, text);
  facts["later"] = show(forecast.later);
  facts["overdue"] = show(forecast.overdue);
  facts["open"] = show(forecast.open);
  text +=
      "\nDue later: " + words(forecast.later) + ".\nOverdue, in none of the balances: " + words(forecast.overdue) + ".";
  if (const auto day = forecast.below_zero_on(opening)) {
    facts["below_zero_on"] = day->iso();
    text += "\nCash falls below zero on " + day->iso() + '.';
  }
  stamp(facts, provenance, request);
  text += "\nAs of " + std::string{facts["as_of"].as_string()} + '.' + note_trouble(facts, provenance);
  if (const auto gaps = note_gaps(facts, provenance); !gaps.empty()) {
    const auto step = "The titles are " + gaps + ". Ask erp_receivables and erp_payables with due dates for the rest.";
    facts["next_step"] = step;
    text += ' ' + step;
  }
  return sourced(source, provenance, std::move(facts), std::move(text));
}

}  // namespace tomada::erp::tools
