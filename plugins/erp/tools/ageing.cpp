// What is open, by how late it is, of each partner and of all.
#include "matching.hpp"
#include "tools/arguments.hpp"
#include "tools/listing.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 2> directions{"receivable", "payable"};

// Days past the due date: none, to 30, to 60, to 90, more.
constexpr std::array<const char*, 5> ages{"not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"};
constexpr std::array<std::string_view, 5> age_words{"not due", "1-30 days", "31-60 days", "61-90 days", "over 90 days"};

std::size_t age_of(std::int64_t days_late) noexcept {
  if (days_late <= 0) return 0;
  return std::min<std::size_t>((static_cast<std::size_t>(days_late) - 1) / 30 + 1, ages.size() - 1);
}

struct Debt {
  Counterparty partner;
  std::array<Decimal, ages.size()> by_age{nothing, nothing, nothing, nothing, nothing};
  std::int64_t titles = 0;
  std::optional<Date> oldest;

  void add(const Title& title, Date today) {
    by_age[age_of(today - title.due_on)] += title.open;
    oldest = oldest ? std::min(*oldest, title.due_on) : title.due_on;
    ++titles;
  }
  [[nodiscard]] Decimal open() const { return sdk::sum(by_age); }
  [[nodiscard]] Decimal overdue() const { return open() - by_age[0]; }
};

struct Debts {
  std::map<std::string, Debt> by_partner;
  Debt all;

  void add(const Title& title, Date today) {
    auto& debt = by_partner[identity_of(title.partner)];
    if (debt.titles == 0) debt.partner = title.partner;
    debt.add(title, today);
    all.add(title, today);
  }
  // Who is latest with most comes first.
  [[nodiscard]] std::vector<Debt> in_order() {
    std::vector<Debt> out;
    out.reserve(by_partner.size());
    for (auto& [id, debt] : by_partner) out.push_back(std::move(debt));
    std::ranges::sort(out, [](const Debt& a, const Debt& b) {
      const auto rank = [](const Debt& of) { return std::pair{-of.overdue(), -of.open()}; };
      const auto name_a = identity_of(a.partner), name_b = identity_of(b.partner);
      return std::tuple{rank(a), name_a.size(), name_a} < std::tuple{rank(b), name_b.size(), name_b};
    });
    return out;
  }
};

json::object show_ages(const Debt& debt) {
  json::object out{{"open", debt.open().text()}, {"overdue", debt.overdue().text()}};
  for (std::size_t i = 0; i < ages.size(); ++i) out[ages[i]] = debt.by_age[i].text();
  return out;
}

std::string words_of_ages(const Debt& debt) {
  std::string out;
  for (std::size_t i = 0; i < ages.size(); ++i)
    if (!debt.by_age[i].is_zero()) out += ", " + std::string{age_words[i]} + ' ' + debt.by_age[i].text();
  return out;
}

void show(Listing& listing, const Debt& debt, bool is_detailed) {
  json::object facts{{"partner", debt.partner.name}};
  if (is_detailed) {
    facts["tax_id"] = debt.partner.tax_id;
    facts["titles"] = debt.titles;
    for (auto& [key, value] : show_ages(debt)) facts[key] = std::move(value);
  } else {
    facts["open"] = debt.open().text();
    facts["overdue"] = debt.overdue().text();
  }
  facts["oldest_due_on"] = debt.oldest->iso();
  listing.item(facts, debt.partner.name + ": open " + debt.open().text() +
                          (is_detailed ? words_of_ages(debt) : ", overdue " + debt.overdue().text()) + ", oldest due " +
                          debt.oldest->iso());
}

}  // namespace

Answer ageing(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  TitleQuery open;
  open.direction = read.choice("direction", directions, Direction::receivable);
  open.status = TitleFilter::open;
  const bool is_receivable = open.direction == Direction::receivable;
  Listing listing{is_receivable ? "customers who owe" : "suppliers to pay",
                  "erp_receivables or erp_payables and a partner",
                  {},
                  arguments};
  Debts debts;
  const auto provenance =
      source.each_title(open, request, [&](const Title& title) { debts.add(title, request.today); });
  auto rows = debts.in_order();
  const auto total = static_cast<std::int64_t>(rows.size());
  cut(rows, listing.slice());
  std::vector<Counterparty*> shown;
  shown.reserve(rows.size());
  for (auto& row : rows) shown.push_back(&row.partner);
  source.name(shown, request);
  listing.summary(show_ages(debts.all), ", open " + debts.all.open().text() + words_of_ages(debts.all));
  for (const auto& row : rows) show(listing, row, is_detailed(read));
  return std::move(listing).finish(source, provenance, total, request);
}

}  // namespace tomada::erp::tools
