#include "mirror/copying.hpp"

#include "mirror/bench.hpp"

#include <catch2/catch.hpp>

#include <exception>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

using namespace tomada::erp;
using namespace tomada::erp::mirror;
using namespace tomada::erp::mirror::test;
using Catch::Contains;

TEST_CASE("mirror: a copy is made once, then only what has changed is asked for", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 25; ++id) bench.erp.put(id, "100.10");
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  CHECK(bench.erp.whole_pages == 3);  // of ten titles
  bench.clock += 3'600'000;
  bench.erp.put(7, "77.70", bench.clock);
  bench.erp.put(26, "26.26", bench.clock);
  bench.clock += 60'000;
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  CHECK(bench.erp.whole_pages == 3);
  CHECK(bench.state().as_of_ms == bench.clock);
}

TEST_CASE("mirror: what was deleted is gone from the copy, what was cancelled is no longer open", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 30; ++id) bench.erp.put(id, "10.00");
  bench.copy();
  bench.clock += 3'600'000;
  bench.erp.titles.erase(12);
  bench.erp.titles.at(13).title.status = TitleStatus::cancelled;
  bench.erp.titles.at(13).changed_ms = bench.clock;
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  CHECK(bench.open_titles() == 28);
}

TEST_CASE("mirror: a list that becomes shorter while it is copied loses nothing on its way", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 60; ++id) bench.erp.put(id, "10.00");
  bench.erp.before_page = [&](std::int64_t page) {
    if (page == 3) bench.erp.titles.erase(2);
    if (page == 5) {
      bench.erp.titles.erase(4);
      bench.erp.titles.erase(5);
      bench.erp.put(61, "61.00", bench.clock);
    }
  };
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  CHECK(bench.state().pass == 1);  // without beginning anew
}

TEST_CASE("mirror: a copy that was cut short continues, and is not whole before its end", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 60; ++id) bench.erp.put(id, "10.00");
  bench.erp.before_page = [](std::int64_t page) {
    if (page == 4) throw tomada::sdk::ToolError{"the ERP is gone"};
  };
  CHECK_THROWS_WITH(bench.copy(), Contains("gone"));
  CHECK_FALSE(bench.state().is_whole());
  CHECK(bench.state().done == 30);
  bench.erp.before_page = [](std::int64_t) {};
  bench.erp.titles.erase(3);  // while nobody looked
  bench.close();              // another process continues
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  CHECK(bench.state().pass == 1);
}

TEST_CASE("mirror: a failed look leaves the copy as it was, as of when it was", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 15; ++id) bench.erp.put(id, "10.00");
  bench.copy();
  const auto before = bench.state().as_of_ms;
  bench.clock += 600'000;
  bench.erp.is_down = true;
  CHECK_THROWS_WITH(bench.copy(), Contains("down"));
  CHECK(bench.state().as_of_ms == before);
  CHECK(bench.copied() == bench.erp.books());
}

TEST_CASE("mirror: an ERP that counts more records than it lists is copied all the same", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 25; ++id) bench.erp.put(id, "10.00");
  bench.erp.counted_twice = 2;
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
  bench.clock += 120'000;
  bench.erp.whole_pages = 0;
  bench.copy();
  CHECK(bench.erp.whole_pages == 0);  // known by now: nothing is missing
}

TEST_CASE("mirror: changes are never asked for where there are none, which some ERPs count as a fault", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 5; ++id) bench.erp.put(id, "10.00", bench.clock - 86'400'000 * id);
  bench.copy();
  for (int look = 0; look < 3; ++look) {
    bench.clock += 3'600'000;
    bench.copy();
  }
  CHECK(bench.erp.empty_answers == 0);
}

TEST_CASE("mirror: once a day the whole list is read, for what changed without a change date", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 15; ++id) bench.erp.put(id, "10.00", bench.clock);
  bench.copy();
  bench.erp.titles.at(3).title.open = Decimal::parse("9.99");
  bench.clock += Copying::whole_again_ms;
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
}

TEST_CASE("mirror: a long reading does not age a copy that is whole", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 40; ++id) bench.erp.put(id, "10.00", bench.clock);
  bench.copy();
  bench.clock += Copying::whole_again_ms;
  bench.erp.before_page = [&](std::int64_t) {
    bench.clock += Copying::breath_ms / 3;
    CHECK(bench.clock - bench.state().as_of_ms <= 2 * Copying::breath_ms);
    bench.erp.put(7, std::to_string(bench.clock % 1'000'000) + ".00", bench.clock);
  };
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
}

TEST_CASE("mirror: amounts, days and lines come back as they went in", "[erp]") {
  Bench bench;
  Sheet sheet;
  for (const auto* amount : {"0.01", "-3.50", "1234567.8901", "99999999999.99"}) {
    auto& title = sheet.titles.emplace_back();
    title.id = amount;
    title.amount = title.open = Decimal::parse(amount);
    title.paid = Decimal::from_units(0, 2);
    title.due_on = Date::of(2024, 2, 29);
  }
  auto& order = sheet.orders.emplace_back();
  order.id = "1";
  order.ordered_on = Date::of(2026, 12, 31);
  order.total = Decimal::parse("10.00");
  order.items = {
      {"P1", "Fita \x1f adesiva; ção", Decimal::parse("2.5"), Decimal::parse("4.0001"), Decimal::parse("10.00")},
      {"", "", Decimal{}, Decimal{}, Decimal{}}};
  bench.store().keep(sheet, ShelfState{});
  int seen = 0;
  TitleQuery all;
  bench.store().each_title(all, Date::of(2026, 1, 1), [&](const Title& title) {
    ++seen;
    CHECK(title.amount.text() == title.id);
    CHECK(title.due_on == Date::of(2024, 2, 29));
    CHECK(title.status == TitleStatus::overdue);
  });
  CHECK(seen == 4);
  bench.store().each_order({}, [&](const Order& found) {
    REQUIRE(found.items.size() == 2);
    CHECK(found.items[0].description == "Fita   adesiva; ção");
    CHECK(found.items[0].quantity.text() == "2.5");
    CHECK(found.items[0].unit_price.text() == "4.0001");
    CHECK(found.ordered_on == order.ordered_on);
  });
}

TEST_CASE("mirror: a copy that cannot be opened just now is kept", "[erp]") {
  Bench bench;
  bench.erp.put(1, "10.00");
  bench.copy();
  bench.close();
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const int free = ::dup(0);
  REQUIRE(free >= 0);
  ::close(free);
  const rlimit none{static_cast<rlim_t>(free), before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  bool is_open = true;
  try {
    (void)bench.store();
  } catch (const std::exception&) {
    is_open = false;
  }
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK_FALSE(is_open);
  CHECK(bench.state().is_whole());
  CHECK(bench.copied() == bench.erp.books());
}

TEST_CASE("mirror: a copy of which only some pages are damaged is begun anew, too", "[erp]") {
  Bench bench;
  for (int id = 1; id <= 400; ++id) bench.erp.put(id, "10.00");
  bench.copy();
  bench.close();
  std::fstream file{bench.folder.path() + "/copy.db", std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(3 * 4'096);
  file << std::string(8 * 4'096, '\xee');
  file.close();
  CHECK_FALSE(bench.state().is_whole());
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
}

TEST_CASE("mirror: a damaged copy is begun anew", "[erp]") {
  Bench bench;
  bench.erp.put(1, "10.00");
  bench.copy();
  const auto path = bench.folder.path() + "/copy.db";
  bench.close();
  std::ofstream{path, std::ios::trunc}
      << "this is no database, and long enough to be taken for one ....................";
  CHECK_FALSE(bench.state().is_whole());
  bench.copy();
  CHECK(bench.copied() == bench.erp.books());
}
