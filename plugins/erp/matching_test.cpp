#include "matching.hpp"

#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace tomada::erp;

namespace {

constexpr Slice everything{0, 100'000};

Request on_test_day() {
  Request request;
  request.today = test_day;
  return request;
}

demo::DemoSource& source() {
  static demo::DemoSource made;
  return made;
}

template <class Item>
std::vector<std::string> keys(const std::vector<Item>& items) {
  std::vector<std::string> out;
  for (const auto& item : items) {
    if constexpr (requires { item.id; }) {
      out.push_back(item.id);
    } else {
      out.push_back(item.code);
    }
  }
  return out;
}

// What the SQL answers is what matches(), sort() and cut() make of everything, in order and in number.
template <class Item, class Query, class Sort>
void same(const std::vector<Item>& all, const Page<Item>& page, const Query& query, Sort sort_items) {
  std::vector<Item> expected;
  for (const auto& item : all) {
    if (matches(item, query)) expected.push_back(item);
  }
  CHECK(page.total == static_cast<std::int64_t>(expected.size()));
  sort_items(expected);
  cut(expected, query.slice);
  CHECK(keys(page.items) == keys(expected));
}

constexpr const char* partner_texts[] = {"",  "sao",    "SÃO JORGE", "padaria",     "%",         "_",
                                         "'", "35.144", "0001",      "99999999999", "ç",         "  sao  ",
                                         " ", " 0001 ", "jorge sao", "Sa\u0303o",   "sao  ltda "};

}  // namespace

TEST_CASE("a search for partners in SQL finds what the filters mean") {
  PartnerQuery all;
  all.slice = everything;
  const auto partners = source().partners(all, on_test_day()).items;
  REQUIRE(partners.size() > 300);
  for (const auto* text : partner_texts) {
    for (const auto role : {PartnerRole::all, PartnerRole::customer, PartnerRole::supplier}) {
      for (const auto* state : {"", "sp", "MG", "XX"}) {
        PartnerQuery query;
        query.text = text;
        query.role = role;
        query.state = state;
        query.city = *state == 's' ? "campinas" : "";
        if (role == PartnerRole::customer) query.is_active = *text == 's';
        query.slice = {2, 20};
        INFO(text << ' ' << state << ' ' << static_cast<int>(role));
        same(partners, source().partners(query, on_test_day()), query, [](auto& items) { sort(items); });
      }
    }
  }
}

TEST_CASE("a search for titles in SQL finds what the filters mean, and its sums are of all it finds") {
  for (const auto direction : {Direction::receivable, Direction::payable}) {
    TitleQuery all;
    all.direction = direction;
    all.slice = everything;
    const auto titles = source().titles(all, on_test_day()).items;
    REQUIRE(titles.size() > 2'000);
    for (int filter = 0; filter <= static_cast<int>(TitleFilter::cancelled); ++filter) {
      for (const auto* text : {"", "padaria", "%", "0001-9", "itatiaia", " ltda  padaria"}) {
        TitleQuery query;
        query.direction = direction;
        query.status = static_cast<TitleFilter>(filter);
        query.partner = text;
        query.slice = {3, 40};
        if (filter % 2 == 0) query.due_from = Date::of(2025, 3, 31);
        if (*text == 'p') query.due_to = Date::of(2026, 11, 20);
        if (*text == 'i') query.min_amount = Decimal::parse("500.005");
        if (*text == '0') query.max_amount = Decimal::parse("1500.009");
        query.order = filter % 3 == 0 ? TitleOrder::amount : TitleOrder::due_date;
        INFO(static_cast<int>(direction) << ' ' << filter << ' ' << text);
        const auto page = source().titles(query, on_test_day());
        same(titles, page, query, [&](auto& items) { sort(items, query.order); });
        Decimal open;
        for (const auto& title : titles) open += matches(title, query) ? title.open : Decimal{};
        CHECK(page.open == open);
      }
    }
  }
}

TEST_CASE("an amount on the border is inside, a thousandth beyond is not") {
  TitleQuery all;
  all.slice = {0, 1};
  const auto title = source().titles(all, on_test_day()).items.at(0);
  const auto found = [&](Decimal least, Decimal most) {
    TitleQuery query;
    query.min_amount = least;
    query.max_amount = most;
    query.slice = everything;
    const auto ids = keys(source().titles(query, on_test_day()).items);
    return std::ranges::find(ids, title.id) != ids.end();
  };
  const auto little = Decimal::parse("0.001");
  CHECK(found(title.amount, title.amount));
  CHECK_FALSE(found(title.amount + little, title.amount + Decimal{1}));
  CHECK_FALSE(found(title.amount - Decimal{1}, title.amount - little));
}

TEST_CASE("a search for orders in SQL finds what the filters mean") {
  OrderQuery all;
  all.slice = everything;
  const auto orders = source().orders(all, on_test_day()).items;
  REQUIRE(orders.size() > 1'500);
  for (int status = -1; status <= static_cast<int>(OrderStatus::cancelled); ++status) {
    for (const auto* text : {"", "hotel", "são", "0001-0", "sul  hotel "}) {
      OrderQuery query;
      if (status >= 0) query.status = static_cast<OrderStatus>(status);
      query.partner = text;
      if (*text == 'h') query.from = Date::of(2026, 1, 1);
      if (*text == '0') query.to = Date::of(2026, 6, 30);
      query.slice = {1, 15};
      INFO(status << ' ' << text);
      same(orders, source().orders(query, on_test_day()), query, [](auto& items) { sort(items); });
    }
  }
  OrderQuery one;
  one.number = orders.at(5).number;
  REQUIRE(keys(source().orders(one, on_test_day()).items) == std::vector{orders.at(5).id});
  one.number = "12x";
  REQUIRE(source().orders(one, on_test_day()).total == 0);
}

TEST_CASE("a search for products and categories in SQL finds what the filters mean") {
  ProductQuery all_products;
  all_products.slice = everything;
  const auto products = source().products(all_products, on_test_day()).items;
  for (const auto* text : {"", "papelão", "PAPELAO", "prd0001", "%", "cx", " pacote caixa", "caixa prd00004"}) {
    for (const bool is_low : {false, true}) {
      ProductQuery query;
      query.text = text;
      query.only_low_stock = is_low;
      query.is_active = is_low ? std::optional{true} : std::nullopt;
      INFO(text << is_low);
      same(products, source().products(query, on_test_day()), query, [](auto& items) { sort(items); });
    }
  }
  CategoryQuery all_categories;
  all_categories.slice = everything;
  const auto categories = source().categories(all_categories, on_test_day()).items;
  REQUIRE(categories.size() > 40);
  for (const auto* text : {"", "2.02", "salario", "2", ".", " 2.05 ", "salario  terceiro"}) {
    CategoryQuery query;
    query.text = text;
    if (*text == '2') query.kind = CategoryKind::expense;
    if (*text == '.') query.is_active = false;
    INFO(text);
    same(categories, source().categories(query, on_test_day()), query, [](auto& items) { sort(items); });
  }
}

TEST_CASE("departments come in the order of their tree") {
  DepartmentQuery query;
  query.slice = everything;
  auto departments = source().departments(query, on_test_day()).items;
  REQUIRE(departments.size() == 9);
  auto sorted = departments;
  sort(sorted);
  REQUIRE(keys(departments) == keys(sorted));
}

TEST_CASE("a slice beyond the end is empty and a huge one is not") {
  std::vector<int> items{1, 2, 3};
  cut(items, {1, std::numeric_limits<std::int64_t>::max()});
  REQUIRE(items == std::vector{2, 3});
  cut(items, {5, 10});
  REQUIRE(items.empty());
}
