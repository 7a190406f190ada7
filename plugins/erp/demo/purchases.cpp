#include "books.hpp"
#include "calendar.hpp"
#include "random.hpp"

#include <span>

namespace tomada::erp::demo {
namespace {

using Suppliers = std::vector<const PartnerRow*>;

std::span<const int> terms_of(std::int64_t choice) {
  static constexpr int three_weeks[]{21}, four_weeks[]{28}, two[]{28, 42}, late_two[]{30, 60};
  if (choice < 20) return three_weeks;
  if (choice < 45) return four_weeks;
  if (choice < 80) return two;
  return late_two;
}

void buy(Books& books, const Suppliers& suppliers, Date on, std::int64_t n) {
  Random random{"purchase", on.days() * 100 + n};
  const auto& supplier = *suppliers[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(suppliers.size())) *
                                                             random.between(20, 100) / 100)];
  const auto amount = random.between(1'150'00, 5'440'00);
  const auto document = "NF " + std::to_string(random.between(1'000, 98'999));
  const auto terms = terms_of(supplier.terms);
  const auto amounts = in_parts(amount, terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    TitleRow title;
    title.id = 5'000'000'000 + (on.days() * 100 + n) * 10 + static_cast<std::int64_t>(i);
    title.document = document;
    title.installment = installment_text(i + 1, terms.size());
    title.partner = supplier.id;
    title.category = random.chance(92) ? "2.01.01" : "2.01.02";
    title.department = "5476990005";
    title.issued_on = on;
    title.due_on = on + terms[i];
    title.amount = amounts[i];
    books.titles.push_back(std::move(title));
  }
}

void ship(Books& books, const Suppliers& carriers, Date on) {
  Random random{"freight", on.days()};
  if (!random.chance(42)) return;
  TitleRow title;
  title.id = 5'000'000'000 + (on.days() * 100 + 99) * 10;
  title.document = "CT-e " + std::to_string(random.between(10'000, 99'999));
  title.installment = installment_text(1, 1);
  title.partner = random.pick(std::span{carriers})->id;
  title.category = random.chance(75) ? "2.06.01" : "2.01.03";
  title.department = "5476990006";
  title.issued_on = on;
  title.due_on = on + 15;
  title.amount = random.between(180'00, 890'00);
  books.titles.push_back(std::move(title));
}

}  // namespace

void write_purchases(Books& books) {
  const auto suppliers = partners_of(books, Trade::goods);
  const auto carriers = partners_of(books, Trade::carrier);
  for (auto day = books.begun_on; day <= books.today; day = day + 1) {
    if (!is_working_day(day)) continue;
    Random random{"purchases", day.days()};
    const auto count = (random.between(86, 226) * season_percent(day) / 100 + random.below(100)) / 100;
    for (std::int64_t n = 0; n < count; ++n) buy(books, suppliers, day, n);
    ship(books, carriers, day);
  }
}

}  // namespace tomada::erp::demo
