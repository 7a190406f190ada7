#include "fixture.hpp"
#include "folding.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace tomada::erp;

namespace {

// As the tax authority publishes it: weights written out, (sum * 10) mod 11, and 10 counts as 0.
bool ends_right(const std::string& digits, std::initializer_list<int> weights) {
  int sum = 0;
  std::size_t at = 0;
  for (const int weight : weights) sum += weight * (digits[at++] - '0');
  return digits[at] - '0' == sum * 10 % 11 % 10;
}
bool is_cnpj(const std::string& digits) {
  return digits.size() == 14 && ends_right(digits, {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}) &&
         ends_right(digits, {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2});
}
bool is_cpf(const std::string& digits) {
  return digits.size() == 11 && ends_right(digits, {10, 9, 8, 7, 6, 5, 4, 3, 2}) &&
         ends_right(digits, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2});
}

struct OwnFolder {  // gone with the test; several runs of it share a machine
  std::filesystem::path path;
  OwnFolder() {
    auto name = (std::filesystem::temp_directory_path() / "tomada-erp-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~OwnFolder() { std::filesystem::remove_all(path); }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
};

constexpr const char* tables[] = {"company",     "partners", "categories", "departments", "products", "orders",
                                  "order_items", "invoices", "titles",     "accounts",    "movements"};

std::string dump(SQLite::Database& store, const std::string& sql) {
  std::string out;
  SQLite::Statement rows{store, sql};
  while (rows.executeStep()) {
    for (int i = 0; i < rows.getColumnCount(); ++i) out += rows.getColumn(i).getString() + '|';
    out += '\n';
  }
  return out;
}

bool is_same(SQLite::Database& store, const std::string& sql) {  // a bool, lest a failure print the whole company
  return dump(store, sql) == dump(company(), sql);
}

}  // namespace

TEST_CASE("the same day makes the same company, row by row") {
  const auto again = demo::open_store(demo::make_books(test_day));
  for (const std::string table : tables) {
    INFO(table);
    REQUIRE(is_same(*again, "SELECT * FROM " + table));
  }
}

TEST_CASE("tomorrow remembers today: the same customers, orders and amounts, and a few more") {
  const auto later = demo::open_store(demo::make_books(test_day + 6));
  const auto orders =
      "SELECT id, number, partner_id, ordered_on, total_cents FROM orders WHERE ordered_on < '2026-11-20'";
  REQUIRE(is_same(*later, orders));
  REQUIRE(is_same(*later, "SELECT * FROM partners"));
  const auto paid = "SELECT account_id, title_id, moved_on, amount_cents FROM movements WHERE moved_on < '2026-11-20'";
  REQUIRE(is_same(*later, paid));
  REQUIRE(later->execAndGet("SELECT count(*) FROM movements").getInt64() > number("SELECT count(*) FROM movements"));
}

TEST_CASE("the company is of a size worth asking about") {
  CHECK(number("SELECT count(*) FROM partners") >= 300);
  CHECK(number("SELECT count(*) FROM partners WHERE is_customer AND is_supplier") > 0);
  CHECK(number("SELECT count(*) FROM partners WHERE NOT is_active") > 0);
  CHECK(number("SELECT count(*) FROM products") >= 60);
  CHECK(number("SELECT count(*) FROM orders") >= 1'500);
  CHECK(number("SELECT count(*) FROM titles") >= 5'000);
  CHECK(number("SELECT count(DISTINCT substr(issued_on, 1, 7)) FROM titles") >= 35);  // since January 2024
  CHECK(number("SELECT count(DISTINCT name) FROM partners") == number("SELECT count(*) FROM partners"));
  for (const std::string side : {"0", "1"}) {
    for (const std::string status : {"open", "overdue", "paid", "cancelled"}) {
      INFO(side << ' ' << status);
      CHECK(number("SELECT count(*) FROM title_states WHERE is_receivable = " + side + " AND status = '" + status +
                   "'") > 0);
    }
  }
  CHECK(number("SELECT count(*) FROM title_states WHERE status = 'partial'") > 0);
}

TEST_CASE("it holds together over the years, whichever day it is") {
  for (const auto day : {Date::of(2023, 2, 28), Date::of(2024, 2, 29), Date::of(2025, 12, 31), Date::of(2031, 1, 1)}) {
    INFO(day.iso());
    const auto store = demo::open_store(demo::make_books(day));
    CHECK(store->execAndGet("SELECT count(*) FROM titles").getInt64() >= 5'000);
    for (const std::string side : {"0", "1"}) {
      const auto partly = "SELECT count(*) FROM title_states WHERE status = 'partial' AND is_receivable = " + side;
      CHECK(store->execAndGet(partly).getInt() >= 1);
    }
    CHECK(dump(*store, "PRAGMA foreign_key_check").empty());
    CHECK(store->execAndGet("SELECT count(*) FROM title_states WHERE status = 'overdue'").getInt64() > 10);
  }
}

TEST_CASE("every CNPJ and CPF has its check digits, and no two partners share one") {
  SQLite::Statement rows{company(), "SELECT name, digits(tax_id) FROM partners"};
  int companies = 0, people = 0;
  while (rows.executeStep()) {
    const auto digits = rows.getColumn(1).getString();
    INFO(rows.getColumn(0).getString() << ' ' << digits);
    REQUIRE((is_cnpj(digits) || is_cpf(digits)));
    ++(digits.size() == 14 ? companies : people);
  }
  CHECK(companies > 200);
  CHECK(people > 40);
  REQUIRE(number("SELECT count(DISTINCT tax_id) FROM partners") == number("SELECT count(*) FROM partners"));
}

TEST_CASE("every reference leads somewhere") {
  REQUIRE(dump(company(), "PRAGMA foreign_key_check").empty());
  REQUIRE(dump(company(), "PRAGMA integrity_check") == "ok|\n");
}

TEST_CASE("an order's total is the sum of its items, and an invoiced one's the sum of its titles") {
  REQUIRE(number("SELECT count(*) FROM order_items WHERE total_cents <> quantity * unit_price_cents OR quantity < 1") ==
          0);
  REQUIRE(number("SELECT count(*) FROM orders o WHERE total_cents <> "
                 "(SELECT sum(total_cents) FROM order_items i WHERE i.order_id = o.id)") == 0);
  REQUIRE(number("SELECT count(*) FROM orders o WHERE status = 'invoiced' AND total_cents <> "
                 "(SELECT sum(amount_cents) FROM titles t WHERE t.order_id = o.id AND t.is_receivable)") == 0);
  REQUIRE(number("SELECT count(*) FROM orders o JOIN invoices i ON i.order_id = o.id WHERE i.total_cents <> "
                 "o.total_cents OR i.is_cancelled <> (o.status = 'cancelled') OR i.issued_on < o.ordered_on") == 0);
  REQUIRE(number("SELECT count(*) FROM orders o WHERE status IN ('quote', 'open') AND EXISTS "
                 "(SELECT 1 FROM titles t WHERE t.order_id = o.id)") == 0);
  REQUIRE(
      number("SELECT count(*) FROM invoices i WHERE CASE WHEN is_cancelled THEN 0 ELSE total_cents END <> "
             "coalesce((SELECT sum(amount_cents) FROM titles t WHERE t.order_id = i.order_id AND t.is_receivable AND "
             "NOT t.is_cancelled), 0)") == 0);
}

TEST_CASE("what is reserved of a product is what open orders want, and never more than there is") {
  REQUIRE(number("SELECT count(*) FROM products p WHERE reserved <> coalesce((SELECT sum(quantity) FROM order_items i "
                 "JOIN orders o ON o.id = i.order_id AND o.status = 'open' WHERE i.product_id = p.id), 0)") == 0);
  REQUIRE(number("SELECT count(*) FROM products WHERE reserved > on_hand") == 0);
}

TEST_CASE("what was paid of a title is what moved on the accounts, before today and never too much") {
  REQUIRE(number("SELECT count(*) FROM titles t WHERE paid_cents <> coalesce((SELECT abs(sum(amount_cents)) FROM "
                 "movements m WHERE m.title_id = t.id), 0)") == 0);
  REQUIRE(number("SELECT count(*) FROM titles t WHERE paid_on IS NOT "
                 "(SELECT max(moved_on) FROM movements m WHERE m.title_id = t.id)") == 0);
  REQUIRE(number("SELECT count(*) FROM movements m JOIN titles t ON t.id = title_id "
                 "WHERE (m.amount_cents > 0) <> t.is_receivable OR moved_on < issued_on") == 0);
  REQUIRE(number("SELECT count(*) FROM movements, company WHERE moved_on >= today") == 0);
  REQUIRE(number("SELECT count(*) FROM movements, company WHERE moved_on < opened_on AND coalesce(title_id, 0) NOT IN "
                 "(SELECT id FROM titles WHERE issued_on < opened_on)") == 0);
  REQUIRE(number("SELECT count(*) FROM titles WHERE paid_cents > amount_cents OR (is_cancelled AND paid_cents > 0)") ==
          0);
}

TEST_CASE("what leaves one account in a transfer arrives in another") {
  REQUIRE(number("SELECT sum(amount_cents) FROM movements WHERE note = 'Transferência entre contas'") == 0);
  REQUIRE(number("SELECT count(*) FROM movements WHERE note = 'Transferência entre contas'") > 50);
}

TEST_CASE("the cash position is the opening balances plus every movement") {
  PluginFixture plugin;
  const auto position = plugin.facts("erp_cash_position");
  const auto movements = "SELECT (SELECT sum(opening_cents) FROM accounts) + (SELECT sum(amount_cents) FROM movements)";
  REQUIRE(position.at("total").as_string() == money(movements));
  for (const auto& account : position.at("accounts").as_array()) {
    const std::string name{account.at("name").as_string()};
    const auto sql =
        "SELECT opening_cents + (SELECT sum(amount_cents) FROM movements m WHERE m.account_id = a.id) "
        "FROM accounts a WHERE name = '" +
        name + "'";
    REQUIRE(account.at("balance").as_string() == money(sql));
  }
  const auto open = [](int side, const std::string& when) {
    return money(
        "SELECT coalesce(sum(amount_cents - paid_cents), 0) FROM titles WHERE NOT is_cancelled AND is_receivable = " +
        std::to_string(side) + when);
  };
  const auto& receivable = position.at("receivable").as_object();
  const auto& payable = position.at("payable").as_object();
  CHECK(receivable.at("open").as_string() == open(1, ""));
  CHECK(receivable.at("overdue").as_string() == open(1, " AND due_on < '2026-11-20'"));
  CHECK(receivable.at("next_7_days").as_string() == open(1, " AND due_on BETWEEN '2026-11-20' AND '2026-11-27'"));
  CHECK(payable.at("open").as_string() == open(0, ""));
  CHECK(payable.at("next_30_days").as_string() == open(0, " AND due_on BETWEEN '2026-11-20' AND '2026-12-20'"));
  const auto projected = Decimal::parse(money(movements)) +
                         Decimal::parse(open(1, " AND due_on BETWEEN '2026-11-20' AND '2026-12-20'")) -
                         Decimal::parse(open(0, " AND due_on BETWEEN '2026-11-20' AND '2026-12-20'"));
  CHECK(position.at("projection").at("in_30_days").as_string() == projected.text());
}

TEST_CASE("the database can be had as a file") {
  const OwnFolder folder;
  const auto path = folder.path / "company.db";
  PluginFixture plugin;
  plugin.host.config["demo_file"] = path.string();
  (void)plugin.facts("erp_cash_position");
  {
    SQLite::Database file{path.string(), SQLite::OPEN_READONLY};
    REQUIRE(file.execAndGet("SELECT count(*) FROM titles").getInt64() == number("SELECT count(*) FROM titles"));
    REQUIRE(file.execAndGet("SELECT today FROM company").getString() == "2026-11-20");
  }
}

TEST_CASE("a file that cannot be written is named, with the mend") {
  PluginFixture plugin;
  plugin.host.config["demo_file"] = "/no such folder/company.db";
  const auto outcome = plugin.ask("erp_cash_position");
  REQUIRE(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(outcome.message, Catch::Contains("/no such folder/company.db") && Catch::Contains("leave demo_file out"));
}

TEST_CASE("when the day changes, the company lives on into the new one") {
  PluginFixture plugin;
  plugin.host.config.erase("today");
  plugin.host.unix_ms = 1'795'143'600'000;  // 2026-11-20T00:00 in São Paulo
  const auto before = plugin.facts("erp_receivables", {{"status", "overdue"}}).at("total").to_number<std::int64_t>();
  REQUIRE(before == number("SELECT count(*) FROM title_states WHERE is_receivable AND status = 'overdue'"));
  plugin.host.unix_ms += 4 * 86'400'000LL;
  const auto store = demo::open_store(demo::make_books(test_day + 4));
  const auto after = store->execAndGet("SELECT count(*) FROM title_states WHERE is_receivable AND status = 'overdue'");
  REQUIRE(plugin.facts("erp_receivables", {{"status", "overdue"}}).at("total") == after.getInt64());
}

TEST_CASE("many ask at once, the first ones before there is a company, and all are told the same") {
  demo::DemoSource source;
  Request request;
  request.today = test_day;
  std::vector<TitlePage> pages(8);
  std::vector<std::thread> askers;
  for (auto& page : pages) askers.emplace_back([&] { page = source.titles({}, request); });
  for (auto& asker : askers) asker.join();
  for (const auto& page : pages) {
    CHECK(page.total == number("SELECT count(*) FROM titles WHERE is_receivable"));
    CHECK(page.items.size() == 10);
  }
}
