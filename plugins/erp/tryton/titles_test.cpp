// What Tryton's ledger is as titles.
#include "tryton/bench.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace tomada::erp;
using namespace tomada::erp::tryton::test;

namespace {

TitleQuery all_titles() {
  TitleQuery out;
  out.slice.limit = 100;
  return out;
}

json::object invoice(int id, const char* state, json::array payments = {}) {
  json::object out{{"id", id}, {"state", state}, {"number", "NF-" + std::to_string(id)}, {"reference", nullptr}};
  out["invoice_date"] = date(2026, 9, 2);
  out["payment_lines"] = std::move(payments);
  return out;
}

}  // namespace

TEST_CASE("tryton: a payment that settles no instalment is taken off the oldest", "[erp]") {
  Bench bench;
  bench.tryton.records["account.move.line"] = {
      line(1, "100.00", "0", date(2026, 10, 1), 5), line(2, "100.00", "0", date(2026, 11, 1), 5),
      line(3, "100.00", "0", date(2026, 12, 1), 5), line(9, "0", "130.50", nullptr, 5)};
  bench.tryton.records["account.invoice"] = {invoice(5, "posted", {9})};
  const auto page = bench.source.titles(all_titles(), bench.asking);
  REQUIRE(page.items.size() == 3);
  CHECK(page.items[0].status == TitleStatus::paid);
  CHECK(page.items[1].open.text() == "69.50");
  CHECK(page.items[1].paid.text() == "30.50");
  CHECK(page.items[1].status == TitleStatus::partial);
  CHECK(page.items[1].paid_on == Date::of(2026, 9, 1));
  CHECK(page.items[2].status == TitleStatus::open);
  CHECK(page.items[1].installment == "002/003");
  CHECK(page.items[1].document == "NF-5");
  CHECK(page.items[1].partner.tax_id == "11.222.333/0001-81");
  CHECK(page.open.text() == "169.50");
  auto paid = all_titles();
  paid.status = TitleFilter::paid;
  const auto covered = bench.source.titles(paid, bench.asking);
  REQUIRE(covered.total == 1);
  CHECK(covered.items[0].paid_on == Date::of(2026, 9, 1));
}

TEST_CASE("tryton: what belongs to no invoice, and what was paid too much, is owed the other way", "[erp]") {
  Bench bench;
  bench.tryton.records["account.move.line"] = {line(1, "100.00", "0", date(2026, 10, 1), 5),
                                               line(2, "0", "120.00", nullptr, 5), line(3, "0", "7.25", nullptr, 0)};
  bench.tryton.records["account.invoice"] = {invoice(5, "posted", {2})};
  auto query = all_titles();
  query.status = TitleFilter::open;
  const auto page = bench.source.titles(query, bench.asking);
  REQUIRE(page.items.size() == 2);
  CHECK(page.open.text() == "-27.25");
}

TEST_CASE("tryton: a reconciled title is paid, one of a cancelled invoice cancelled, its reversal is nothing",
          "[erp]") {
  Bench bench;
  auto reversal = line(3, "-50.00", "0", date(2026, 9, 1), 0, 8);
  reversal["move."].at("origin") = "account.move,106";
  bench.tryton.records["account.move.line"] = {line(1, "100.00", "0", date(2026, 9, 1), 5, 7),
                                               line(2, "50.00", "0", date(2026, 9, 1), 6, 8), reversal};
  bench.tryton.records["account.invoice"] = {invoice(6, "cancelled")};
  const auto page = bench.source.titles(all_titles(), bench.asking);
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].status == TitleStatus::paid);
  CHECK(page.items[0].paid_on == Date::of(2026, 9, 20));
  CHECK(page.items[1].status == TitleStatus::cancelled);
  CHECK(page.open.text() == "0.00");
}

TEST_CASE("tryton: an amount or a date that cannot be read is told with model, record and field, never taken as zero",
          "[erp]") {
  auto bad = line(4, "10.00", "0", date(2026, 10, 1), 5);
  const auto field = GENERATE(as<std::string>{}, "debit", "maturity_date", "credit", "date");
  if (field == "debit") bad["debit"] = decimal("ten");
  if (field == "maturity_date") bad["maturity_date"] = date(2026, 2, 30);
  if (field == "credit") bad["credit"] = nullptr;
  if (field == "date") bad["date"] = "01/10/2026";
  Bench bench;
  bench.tryton.records["account.move.line"] = {bad};
  CHECK_THROWS_WITH(bench.source.titles(all_titles(), bench.asking),
                    Catch::Contains("account.move.line") && Catch::Contains("id 4") && Catch::Contains(field));
}

TEST_CASE("tryton: five thousand random titles come through without a difference in amount or date", "[erp]") {
  constexpr int count = 5'000;
  std::mt19937_64 random{20261121};
  std::vector<std::pair<std::int64_t, Date>> expected;
  for (int id = 1; id <= count; ++id)
    expected.emplace_back(random() % 1'000'000'000, Date::of(2020, 1, 1) + static_cast<std::int64_t>(random() % 4'000));
  FakeTryton fake;
  int next = count;  // pages are asked for by falling id
  fake.methods["model.account.move.line.search_read"] = [&](const json::array&) {
    json::array page;
    for (; next > 0 && page.size() < 1'000; --next) {
      const auto& [cents, due] = expected[static_cast<std::size_t>(next - 1)];
      const auto day = date(due.year(), static_cast<int>(due.month()), static_cast<int>(due.day()));
      page.push_back(line(next, Decimal::from_units(cents, 2).text(), "0", day, next));
    }
    return page;
  };
  FakeHost host;
  host.answer("tryton", "company/", [&](const HttpRequest& request) { return fake.respond(request); });
  const tryton::Client client{host.host(), {"tryton", "company", "assistant", password}};
  const Request asking{nullptr, today, false, 0, false, nullptr, 0, {}};
  const auto ledger =
      tryton::read_lines(client.read_all({"account.move.line", {}, {}, {}}, asking), Direction::receivable);
  REQUIRE(ledger.lines.size() == count);
  std::int64_t differences = 0;
  for (const auto& each : ledger.lines) {
    const auto& [cents, due] = expected[static_cast<std::size_t>(each.id - 1)];
    differences += each.title.amount != Decimal::from_units(cents, 2) || each.title.due_on != due;
  }
  CHECK(differences == 0);
}
