// Lists as files: what is in them, whose they are, and for how long.
#include "exports.hpp"

#include "fixture.hpp"
#include "tools/table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

namespace tomada::erp {
namespace {

namespace json = testing::json;
using Catch::Contains;

// RFC 4180, as any other program reads it.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto& cell = rows.back().back();
    if (is_quoted && text.substr(i, 2) == "\"\"") {
      cell += text[i++];
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && text[i] == ',') {
      rows.back().emplace_back();
    } else if (!is_quoted && text.substr(i, 2) == "\r\n") {
      rows.push_back({""});
      ++i;
    } else {
      cell += text[i];
    }
  }
  rows.pop_back();
  return rows;
}

struct Desk : PluginFixture {
  testing::CallOptions caller(const char* subject, const char* tenant) {
    testing::CallOptions out;
    out.principal = sdk::write(json::object{{"subject", subject}, {"tenant", tenant}, {"roles", json::array{}}});
    return out;
  }
  testing::Outcome ask(const char* tool, const json::object& arguments, const testing::CallOptions& by) {
    if (!plugin) plugin = std::make_unique<testing::Plugin>(host);
    return plugin->run(tool, arguments, by);
  }
  testing::Outcome read(const std::string& uri, const testing::CallOptions& by) {
    const auto file = uri.substr(uri.rfind('/') + 1);
    return plugin->read("erp://test/exports/{file}", uri, {{"file", file}}, by);
  }
  std::string exported(const char* tool, const json::object& arguments, const testing::CallOptions& by) {
    const auto outcome = ask(tool, arguments, by);
    REQUIRE(outcome.is_result());
    return std::string{outcome.structured.at("export").at("uri").as_string()};
  }
  static std::string text_in(const testing::Outcome& read) {
    REQUIRE(read.is_result());
    return std::string{read.structured.at("contents").at(0).at("text").as_string()};
  }
  testing::CallOptions ana = caller("ana", "acme");
};

}  // namespace

TEST_CASE("a whole list is a file, and its sums are those of the answer to the cent", "[erp]") {
  Desk desk;
  for (const char* tool : {"erp_receivables", "erp_payables"}) {
    const auto outcome = desk.ask(tool, {{"status", "all"}, {"export", "csv"}}, desk.ana);
    REQUIRE(outcome.is_result());
    CHECK(outcome.is_private);
    const auto& facts = outcome.structured.as_object();
    const auto& file = facts.at("export").as_object();
    CHECK(file.at("complete") == true);
    CHECK(file.at("rows") == facts.at("total"));
    CHECK(facts.at("items").as_array().empty());
    CHECK(file.at("expires_at") == "2026-10-14T15:46:40-03:00");
    REQUIRE(outcome.content.size() == 2);
    CHECK(outcome.content[1].at("type") == "resource_link");
    CHECK(outcome.content[1].at("uri") == file.at("uri"));
    CHECK(outcome.content[1].at("mimeType") == "text/csv");
    CHECK_THAT(outcome.text(), Contains(std::string{file.at("uri").as_string()}));
    CHECK(json::serialize(outcome.structured).size() + outcome.text().size() < 2'000);

    const auto text = Desk::text_in(desk.read(std::string{file.at("uri").as_string()}, desk.ana));
    CHECK(file.at("bytes").as_int64() == static_cast<std::int64_t>(text.size()));
    const auto rows = read_csv(text);
    REQUIRE(static_cast<std::int64_t>(rows.size()) == facts.at("total").as_int64() + 1);
    const auto column = [&](const char* name) {
      return static_cast<std::size_t>(std::ranges::find(rows.front(), name) - rows.front().begin());
    };
    Decimal amount, open;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      REQUIRE(rows[i].size() == rows.front().size());
      amount = amount + Decimal::parse(rows[i][column("amount")]);
      open = open + Decimal::parse(rows[i][column("open")]);
    }
    CHECK(amount.text() == facts.at("summary").at("amount").as_string());
    CHECK(open.text() == facts.at("summary").at("open").as_string());
  }
}

TEST_CASE("every list can be a file, as JSON, too, with all that its items say", "[erp]") {
  Desk desk;
  for (const char* tool : {"erp_receivables", "erp_payables", "erp_orders", "erp_partners", "erp_products"}) {
    INFO(tool);
    const auto page = desk.ask(tool, {{"limit", 100}}, desk.ana).structured;
    const auto text = Desk::text_in(desk.read(desk.exported(tool, {{"export", "json"}}, desk.ana), desk.ana));
    const auto whole = sdk::read_json(text);
    CHECK(whole.at("total") == page.at("total"));
    CHECK(whole.at("currency") == "BRL");
    CHECK(static_cast<std::int64_t>(whole.at("items").as_array().size()) == page.at("total").as_int64());
    for (std::size_t i = 0; i < page.at("items").as_array().size(); ++i) {
      CHECK(whole.at("items").at(i) == page.at("items").at(i));
    }
    CHECK(read_csv(Desk::text_in(desk.read(desk.exported(tool, {{"export", "csv"}}, desk.ana), desk.ana))).size() ==
          whole.at("items").as_array().size() + 1);
  }
}

TEST_CASE("a file is its owner's alone, for an hour", "[erp]") {
  Desk desk;
  const auto uri = desk.exported("erp_products", {{"export", "csv"}}, desk.ana);
  const auto is_found = [&](const testing::CallOptions& by) { return desk.read(uri, by).is_result(); };
  CHECK(is_found(desk.ana));
  CHECK_FALSE(is_found(desk.caller("ana", "rival")));
  CHECK_FALSE(is_found(desk.caller("bob", "acme")));
  const auto refused = desk.read(uri, desk.caller("ana", "rival"));
  const auto nothing = desk.read("erp://test/exports/0.csv", desk.ana);
  CHECK(refused.kind == TOMADA_INVALID_PARAMS);
  CHECK(refused.message == nothing.message);
  desk.host.unix_ms += Exports::time_to_live_ms;
  CHECK_FALSE(is_found(desk.ana));
}

TEST_CASE("the oldest file makes room, and nobody else's", "[erp]") {
  Desk desk;
  const auto bob = desk.caller("bob", "acme");
  const auto of_bob = desk.exported("erp_products", {{"export", "csv"}}, bob);
  std::vector<std::string> files;
  for (std::ptrdiff_t i = 0; i <= Exports::most_of_one; ++i) {
    desk.host.unix_ms += 1'000;
    files.push_back(desk.exported("erp_products", {{"export", "csv"}}, desk.ana));
  }
  CHECK_FALSE(desk.read(files.front(), desk.ana).is_result());
  for (std::size_t i = 1; i < files.size(); ++i) CHECK(desk.read(files[i], desk.ana).is_result());
  CHECK(desk.read(of_bob, bob).is_result());
  CHECK(std::ssize(desk.host.store) == 2 * (Exports::most_of_one + 1));
}

TEST_CASE("what cannot be kept is said with what to do instead", "[erp]") {
  Desk desk;
  desk.host.withheld = {TOMADA_STORE};
  const auto outcome = desk.ask("erp_products", {{"export", "csv"}}, desk.ana);
  CHECK(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK_THAT(outcome.message, Contains("limit and cursor"));
}

TEST_CASE("cells are quoted as RFC 4180 has it, and none is a formula", "[erp]") {
  const json::array rows{
      {{"name", "Inês \"São João\", Ltda"}, {"amount", "-12.50"}, {"roles", json::array{"customer", "supplier"}}},
      {{"name", "=HYPERLINK(\"http://x\")"}, {"amount", "0.07"}, {"late", true}},
      {{"name", "two\r\nlines"}, {"amount", "-1+1"}, {"days", 3}, {"items", json::array{json::object{{"n", 1}}}}},
      {{"name", "@SUM(A1)"}, {"amount", "+55 11 4002-8922"}},
      {{"name", "\tcmd"}, {"amount", "-"}},
  };
  const auto table = tools::to_csv(rows, 10'000);
  CHECK(table.rows == 5);
  CHECK_THAT(table.text, Catch::StartsWith("name,amount,roles,late,days,items\r\n"));
  const auto read = read_csv(table.text);
  const auto cells = [&](std::size_t row) { return read.at(row); };
  CHECK(cells(1) == std::vector<std::string>{"Inês \"São João\", Ltda", "-12.50", "customer; supplier", "", "", ""});
  CHECK(cells(2) == std::vector<std::string>{"'=HYPERLINK(\"http://x\")", "0.07", "", "true", "", ""});
  CHECK(cells(3) == std::vector<std::string>{"two\r\nlines", "'-1+1", "", "", "3", "[{\"n\":1}]"});
  CHECK(cells(4) == std::vector<std::string>{"'@SUM(A1)", "'+55 11 4002-8922", "", "", "", ""});
  CHECK(cells(5) == std::vector<std::string>{"'\tcmd", "'-", "", "", "", ""});
}

TEST_CASE("a file that would be too large ends with a whole row and says so", "[erp]") {
  json::array rows;
  for (int i = 0; i < 100; ++i) rows.push_back(json::object{{"id", i}, {"name", "Ação"}});
  const auto csv = tools::to_csv(rows, 500);
  CHECK(csv.text.size() <= 500);
  CHECK(csv.text.ends_with("Ação\r\n"));
  CHECK(static_cast<std::int64_t>(read_csv(csv.text).size()) == csv.rows + 1);
  const auto text = tools::to_json(rows, {{"total", 100}}, 500);
  const auto whole = sdk::read_json(text.text);
  CHECK(static_cast<std::int64_t>(whole.at("items").as_array().size()) == text.rows);
  CHECK(text.rows < 100);
  CHECK(whole.at("total") == 100);
  CHECK(sdk::read_json(tools::to_json({}, {}, 500).text).at("items").as_array().empty());
}

}  // namespace tomada::erp
