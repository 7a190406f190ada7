// Lists while others work in them, and what the connector asks Tryton for.
#include "sources.hpp"
#include "tryton/bench.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace tomada::erp;
using namespace tomada::erp::tryton::test;

namespace {

void add_parties(Bench& bench, int first, int last) {
  for (int id = first; id <= last; ++id)
    bench.tryton.records["party.party"].push_back({{"id", id}, {"name", "Party " + std::to_string(id)}, {"active", 1}});
}

json::object sale(int id, int currency, const char* total) {
  json::object out{{"id", id}, {"number", std::to_string(id)}, {"sale_date", date(2026, 10, 1)}, {"state", "done"}};
  out["currency"] = currency;
  out["total_amount"] = decimal(total);
  out["party."] = json::object{{"id", 7}, {"name", "São João"}};
  return out;
}

}  // namespace

TEST_CASE("tryton: records that come and go while a list is read are neither skipped nor repeated", "[erp]") {
  Bench bench;
  add_parties(bench, 1, 2'500);
  int pages = 0;
  bench.tryton.before_answer = [&](const std::string& method) {
    if (method != "model.party.party.search_read" || ++pages > 3) return;
    add_parties(bench, 2'500 + 10 * pages, 2'505 + 10 * pages);  // with higher ids, as Tryton gives them
    auto& parties = bench.tryton.records["party.party"];
    parties.erase(
        std::ranges::find(parties, json::value(2'400 - pages), [](const json::object& row) { return row.at("id"); }));
  };
  PartnerQuery query;
  query.slice.limit = 5'000;
  bench.tryton.methods["model.account.invoice.search_read"] = [](const json::array&) { return json::array{}; };
  const auto page = bench.source.partners(query, bench.asking);
  std::set<std::string> ids;
  for (const auto& partner : page.items) ids.insert(partner.id);
  CHECK(ids.size() == page.items.size());
  int missing = 0;
  for (int id = 1; id <= 1'500; ++id) missing += !ids.contains(std::to_string(id));
  CHECK(missing == 0);
  CHECK_FALSE(page.is_truncated);
}

TEST_CASE("tryton: a list out of order is an error, not an endless loop or a wrong sum", "[erp]") {
  Bench bench;
  bench.tryton.methods["model.party.party.search_read"] = [](const json::array&) {
    json::array page;
    for (int id = 1'000; id > 0; --id) page.push_back(json::object{{"id", id}, {"name", "again"}, {"active", 1}});
    return page;
  };
  CHECK_THROWS_WITH(bench.source.partners({}, bench.asking), Catch::Contains("out of order"));
}

TEST_CASE("tryton: a list too long to be read says how much of it was", "[erp]") {
  Bench bench;
  int next = 1'000'000;
  bench.tryton.methods["model.party.party.search_read"] = [&](const json::array& parameters) {
    json::array page;
    const bool is_of_ids = parameters.at(0).get_array().size() == 1 && parameters.at(0).at(0).at(1) == "in";
    while (!is_of_ids && page.size() < 1'000)
      page.push_back(json::object{{"id", next--}, {"name", "n"}, {"active", 1}});
    return page;
  };
  bench.tryton.methods["model.party.party.search_count"] = [](const json::array&) { return 100'000; };
  bench.tryton.methods["model.account.invoice.search_read"] = [](const json::array&) { return json::array{}; };
  PartnerQuery query;
  query.text = "somebody else";
  const auto page = bench.source.partners(query, bench.asking);
  CHECK(page.is_truncated);
  CHECK(page.rows_read == 60'000);
  CHECK(page.rows_held == 100'000);
}

TEST_CASE("tryton: a question of the user's words never reaches Tryton as anything but data", "[erp]") {
  Bench bench;
  OrderQuery query;
  query.number = "'; DROP TABLE sale_sale;--";
  query.partner = R"(x"]],"id":[["id","!=",0)";
  CHECK(bench.source.orders(query, bench.asking).total == 0);
  for (const auto& request : bench.host.requests) CHECK_NOTHROW(json::parse(request.body));
}

TEST_CASE("tryton: sales in another currency are counted as not read, not summed", "[erp]") {
  Bench bench;
  bench.tryton.records["sale.sale"] = {sale(1, 1, "10.10"), sale(2, 9, "1000"), sale(3, 1, "0.05")};
  const auto page = bench.source.orders({}, bench.asking);
  CHECK(page.amount.text() == "10.15");
  CHECK(page.total == 2);
  CHECK(page.is_truncated);
  CHECK(page.rows_held == 3);
}

TEST_CASE("tryton: the day is the company's, and asked once a quarter of an hour", "[erp]") {
  Bench bench;
  CHECK(bench.source.today(nullptr, 1'792'000'000'000) == today);
  CHECK(bench.source.today(nullptr, 1'792'000'060'000) == today);
  CHECK(bench.asked("model.ir.date.today") == 1);
  CHECK(bench.source.today(nullptr, 1'792'000'000'000 + 900'000) == today);
  CHECK(bench.asked("model.ir.date.today") == 2);
}

TEST_CASE("tryton: the company may be named; a user without one is told what to do", "[erp]") {
  Bench bench;
  bench.tryton.methods["model.res.user.get_preferences"] = [](const json::array&) {
    return json::object{{"company", nullptr}};
  };
  CHECK_THROWS_WITH(bench.source.connect(bench.asking),
                    Catch::Contains("has no company") && Catch::Contains("company ="));
  auto named = settings();
  named.section["company"] = "Aurora Ltda";
  bench.tryton.methods["model.res.user.search_count"] = [](const json::array&) { return 1; };
  tryton::TrytonSource source{named, bench.host.host()};
  CHECK(source.connect(bench.asking).company.name == "Aurora Ltda");
}

TEST_CASE("tryton: a company that is not the user's is an error, not a company without books", "[erp]") {
  Bench bench;
  auto named = settings();
  named.section["company"] = "Aurora Ltda";
  bench.tryton.methods["model.res.user.search_count"] = [](const json::array&) { return 0; };
  tryton::TrytonSource source{named, bench.host.host()};
  CHECK_THROWS_WITH(source.titles({}, bench.asking), Catch::Contains("Aurora Ltda") && Catch::Contains("not one of"));
}

TEST_CASE("tryton: a missing setting is named with an example, and other sources are listed", "[erp]") {
  FakeHost host;
  for (const char* key : {"upstream", "database", "user", "password"}) {
    auto incomplete = settings();
    incomplete.section.erase(key);
    CHECK_THROWS_WITH(make_source(incomplete, host.host()), Catch::Contains(key) && Catch::Contains("for example"));
  }
  Settings unknown;
  unknown.source = "sap";
  CHECK_THROWS_WITH(make_source(unknown, host.host()), Catch::Contains(R"("demo", "omie", "sql", "tryton")"));
}

TEST_CASE("tryton: a database without stock or sales still tells its products and partners", "[erp]") {
  Bench bench;
  add_parties(bench, 1, 3);
  CHECK(bench.source.partners({}, bench.asking).total == 3);
  CHECK(bench.asked("model.sale.sale.search_read") == 0);
  CHECK(bench.source.products({}, bench.asking).total == 0);
  CHECK(bench.asked("model.stock.location.search_read") == 0);
}
