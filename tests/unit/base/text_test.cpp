#include "core/base/text.hpp"

#include "tests/support/shared.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace tomada;

TEST_CASE("valid UTF-8 is recognised, every invalid form is not") {
  for (const std::string_view good : {"", "abc", "é", "日本", "😀", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    CHECK(text::is_utf8(good));
  }
  for (const std::string_view bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xE0\x80\xAF", "\xE2\x82", "\xED\xA0\x80",
                                     "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE9z"}) {
    CHECK_FALSE(text::is_utf8(bad));
  }
  CHECK(text::is_utf8(std::string_view{"a\0b", 3}));
}

TEST_CASE("the public list of naughty strings is UTF-8 and survives repair unchanged") {
  const auto folder = test::shared("naughty-strings");
  if (folder.empty()) return;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() != ".txt") continue;
    const std::string content = test::read_file(entry.path());
    CHECK(text::is_utf8(content) == (text::to_utf8(content) == content));
  }
}

TEST_CASE("bytes that are no UTF-8 are replaced one by one") {
  CHECK(text::to_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(text::to_utf8("\xE2\x82") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(text::to_utf8("héllo") == "héllo");
}

TEST_CASE("a prefix never ends inside a character") {
  CHECK(text::prefix("aé", 2) == "a");
  CHECK(text::prefix("aé", 3) == "aé");
  CHECK(text::prefix("日本", 5) == "日");
  CHECK(text::prefix("😀", 3).empty());
  CHECK(text::prefix("abc", 0).empty());
}

TEST_CASE("a star in a pattern stands for any run of characters") {
  CHECK(text::matches("erp_*", "erp_receivables"));
  CHECK(text::matches("*", ""));
  CHECK(text::matches("a*b*c", "aXXbYYc"));
  CHECK(text::matches("a*a", "aa"));
  CHECK(text::matches("**", "x"));
  CHECK(text::matches("", ""));
  CHECK_FALSE(text::matches("erp_*", "health_check"));
  CHECK_FALSE(text::matches("a*a", "a"));
  CHECK_FALSE(text::matches("a*b", "abc"));
  CHECK_FALSE(text::matches("", "x"));
  CHECK_FALSE(text::matches("erp_?", "erp_x"));
}

TEST_CASE("a pattern of many stars ends quickly") {
  CHECK_FALSE(text::matches("*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}

TEST_CASE("the nearest known word is suggested, a far one is not") {
  const std::vector<std::string> known{"limit", "status", "customer"};
  CHECK(text::nearest("limt", known) == "limit");
  CHECK(text::nearest("Status", known) == "status");
  CHECK(text::nearest("costumer", known) == "customer");
  CHECK(text::nearest("colour", known).empty());
  CHECK(text::nearest("", known).empty());
  CHECK(text::nearest("limit", {}).empty());
}

TEST_CASE("texts are joined, split, trimmed and compared") {
  CHECK(text::concat({"a", "", "b"}) == "ab");
  CHECK(text::join(std::vector<std::string>{"", "b", ""}, ",") == ",b,");
  CHECK(text::join(std::vector<std::string>{}, ",").empty());
  CHECK(text::split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(text::split("", ',') == std::vector<std::string_view>{""});
  CHECK(text::trim(" \t a b \r\n") == "a b");
  CHECK(text::trim(" \n").empty());
  CHECK(text::equals_ignoring_case("Content-Type", "content-type"));
  CHECK_FALSE(text::equals_ignoring_case("a", "ab"));
  CHECK_FALSE(text::equals_ignoring_case("[", "{"));
}

TEST_CASE("text for a terminal is one line without control characters") {
  CHECK(text::one_line("caf\u00e9 \u20ac") == "caf\u00e9 \u20ac");
  CHECK(text::one_line("two\nlines\x1b[31m\x7f") == "two\\nlines\\x1b[31m\\x7f");
  CHECK(text::one_line("a\xFFz\xC2\x9b") == "a\\xffz\\xc2\\x9b");
}

TEST_CASE("framed parts are never the text of other parts") {
  using tomada::text::framed;
  CHECK(framed({"ab", "c"}) != framed({"a", "bc"}));
  CHECK(framed({"a", "", "b"}) != framed({"a", "b", ""}));
  CHECK(framed({"1:a"}) != framed({"", "a"}));
  CHECK(framed({}).empty());
  CHECK(framed({"a", "b"}) == framed({"a", "b"}));
}
