#include "date.hpp"
#include "folding.hpp"
#include "model.hpp"
#include "settings.hpp"

#include <catch2/catch.hpp>

using namespace tomada::erp;

TEST_CASE("a date is read only when the day exists") {
  REQUIRE(Date::read_iso("2024-02-29")->iso() == "2024-02-29");
  REQUIRE(Date::read_brazilian("20/11/2026")->iso() == "2026-11-20");
  for (const auto* text : {"2023-02-29", "2026-11-31", "2026-13-01", "2026-00-10", "2026-11-00", "0000-01-01",
                           "26-11-20", "2026/11/20", "2026-11-2x", "", "2026-11-200"}) {
    CHECK_FALSE(Date::read_iso(text));
  }
  CHECK_FALSE(Date::read_brazilian("31/11/2026"));
  CHECK_FALSE(Date::read_brazilian("11/20/2026"));
}

TEST_CASE("dates count days and months exactly") {
  const auto day = Date::of(2026, 11, 20);
  REQUIRE(day - Date::of(2025, 11, 20) == 365);
  REQUIRE((day + 11).iso() == "2026-12-01");
  REQUIRE(Date::of(2026, 1, 31).plus_months(1).iso() == "2026-02-28");
  REQUIRE(day.plus_months(-24).iso() == "2024-11-20");
  REQUIRE(day.brazilian() == "20/11/2026");
  REQUIRE(day.weekday() == 5);
  REQUIRE(Date::from_days(day.days()) == day);
}

TEST_CASE("the day in São Paulo begins three hours after the day in UTC") {
  REQUIRE(Date::in_sao_paulo(1'795'143'600'000).iso() == "2026-11-20");  // 03:00 UTC
  REQUIRE(Date::in_sao_paulo(1'795'143'599'999).iso() == "2026-11-19");
}

TEST_CASE("a search ignores case and accents and takes wildcards literally") {
  REQUIRE(fold("São JOÃO & Cia – Açaí ÇÃÕÉÜ") == "sao joao & cia – acai caoeu");
  REQUIRE(has_words("Padaria Três Irmãos Ltda", "tres irmaos"));
  REQUIRE(has_words("anything", ""));
  CHECK_FALSE(has_words("Padaria", "%"));
  CHECK_FALSE(has_words("Padaria", "pa_aria"));
  REQUIRE(digits_of("11.222.333/0001-81") == "11222333000181");
}

TEST_CASE("a search finds every word, in any order, however the spaces fall") {
  for (const auto* words : {"irmaos tres", "  tres  ", "LTDA\tpadaria\n", "irm\u00A0tr\u00EAs", " \u00A0 "})
    CHECK(has_words("Padaria Três Irmãos Ltda", words));
  CHECK_FALSE(has_words("Padaria Três Irmãos Ltda", "tres primos"));
  CHECK(trimmed(" \u00A0 2.05\r\n") == "2.05");
}

TEST_CASE("a search finds what is written with combining accents, as some keyboards do") {
  REQUIRE(fold("Sa\u0303o Joa\u0303o, Ac\u0327ai\u0301") == "sao joao, acai");
  REQUIRE(has_words("Padaria São Jorge", "Sa\u0303o"));
  REQUIRE(has_words("Padaria Sa\u0303o Jorge", "são"));
}

TEST_CASE("folding leaves bytes alone that are no Latin letter, also broken ones") {
  REQUIRE(fold("日本 ×÷ \xC3") == "日本 ×÷ \xC3");
  REQUIRE(fold("\xFF\xC5") == "\xFF\xC5");
}

TEST_CASE("a title's status follows from what is open and from the day") {
  Title title;
  title.due_on = Date::of(2026, 11, 19);
  title.open = Decimal{10};
  REQUIRE(status_of(title, Date::of(2026, 11, 19)) == TitleStatus::open);
  REQUIRE(status_of(title, Date::of(2026, 11, 20)) == TitleStatus::overdue);
  title.paid = Decimal{5};
  REQUIRE(status_of(title, Date::of(2026, 11, 19)) == TitleStatus::partial);
  REQUIRE(status_of(title, Date::of(2026, 11, 20)) == TitleStatus::overdue);
  title.open = Decimal{};
  REQUIRE(status_of(title, Date::of(2026, 11, 20)) == TitleStatus::paid);
}

TEST_CASE("the configuration may pin the day, but only to one that exists") {
  REQUIRE(Settings::from({{"today", "2026-11-20"}}).today == Date::of(2026, 11, 20));
  REQUIRE_FALSE(Settings::from({}).today);
  REQUIRE_THROWS_WITH(Settings::from({{"today", "2026-11-31"}}), Catch::Contains("2026-11-31"));
}
