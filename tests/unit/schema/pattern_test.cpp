#include "core/schema/pattern.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada;

namespace {

bool matches(std::string_view pattern, std::string_view text) {
  return schema::Pattern::compile(pattern).value().matches(text);
}

bool is_refused(std::string_view pattern) { return !schema::Pattern::compile(pattern).has_value(); }

}  // namespace

TEST_CASE("a pattern is searched for anywhere unless it is anchored") {
  CHECK(matches("b+", "aabbcc"));
  CHECK_FALSE(matches("^b", "ab"));
  CHECK(matches("b$", "ab"));
  CHECK_FALSE(matches("b$", "ba"));
  CHECK(matches("", ""));
  CHECK(matches("^$", ""));
  CHECK_FALSE(matches("^$", "x"));
}

TEST_CASE("quantifiers, groups and alternatives mean what ECMA 262 says") {
  CHECK(matches("^(ab|cd){2,3}$", "abcdab"));
  CHECK_FALSE(matches("^(ab|cd){2,3}$", "ab"));
  CHECK_FALSE(matches("^(ab|cd){2,3}$", "abababab"));
  CHECK(matches("^a{3}$", "aaa"));
  CHECK(matches("^a{2,}$", "aaaaa"));
  CHECK_FALSE(matches("^a{2,}$", "a"));
  CHECK(matches("^x?y*?z+$", "zzz"));
  CHECK(matches("^(?:a|b|)c$", "c"));
  CHECK(matches("^(?<year>\\d{4})$", "2026"));
  CHECK(matches("^{}$", "{}"));
  CHECK(matches("^a{,2}$", "a{,2}"));
  CHECK(matches("^(a*)*$", "aaaa"));
}

TEST_CASE("classes and escapes mean what ECMA 262 says") {
  CHECK(matches("^[a-c\\d_-]+$", "a1-_c"));
  CHECK_FALSE(matches("^[^a-c]+$", "xay"));
  CHECK(matches("^[\\]\\\\]+$", "]\\"));
  CHECK(matches("^\\w\\W\\d\\D\\s\\S$", "a-1x y"));
  CHECK(matches("^\\s$", "\u00a0"));
  CHECK(matches("^\\u00e9\\x41\\u{1F600}\\ud83d\\ude00$", "éA😀😀"));
  CHECK(matches("^\\cA\\t\\0$", std::string_view{"\x01\t\0", 3}));
  CHECK(matches("^\\$\\.\\/$", "$./"));
  CHECK(matches("\\bword\\b", "a word here"));
  CHECK_FALSE(matches("\\bword\\b", "swordfish"));
  CHECK(matches("\\Bword", "sword"));
}

TEST_CASE("characters are code points, not bytes") {
  CHECK(matches("^.$", "é"));
  CHECK(matches("^.{2}$", "日本"));
  CHECK_FALSE(matches("^.$", "\n"));
  CHECK(matches("^[à-ü]+$", "éíõ"));
  CHECK(matches("^\\p{L}+$", "João日本"));
  CHECK_FALSE(matches("^\\p{L}+$", "João1"));
  CHECK(matches("^\\P{Letter}+$", "123"));
  CHECK(matches("^[\\p{Nd}.]+$", "४२.0"));
}

TEST_CASE("lookahead works, also negated and nested") {
  CHECK(matches("^(?=.*\\d)(?=.*[a-z]).{4,}$", "abc1"));
  CHECK_FALSE(matches("^(?=.*\\d)(?=.*[a-z]).{4,}$", "abcd"));
  CHECK(matches("^(?!admin)", "user"));
  CHECK_FALSE(matches("^(?!admin)", "administrator"));
  CHECK(matches("^(?!a(?!b))", "ab"));
}

TEST_CASE("what is no pattern, or cannot be had in linear time, is refused with a reason") {
  for (const std::string_view bad :
       {"(", ")", "[", "a**b(", "*", "+a", "a{3,1}", "[z-a]", "\\", "\\a", "\\1", "(?<=a)b", "(?<!a)b", "\\p{Greek}",
        "\\u12", "\\x1", "\\u{110000}", "(?i)a", "(?"}) {
    INFO(bad);
    CHECK(is_refused(bad));
  }
  CHECK(schema::Pattern::compile("(a").error().message.find("without its \")\"") != std::string::npos);
}

TEST_CASE("patterns that are too large are refused before they cost anything") {
  CHECK(is_refused("a{5000}"));
  CHECK(is_refused("(a{100}){100}"));
  CHECK(is_refused("((((){99}){99}){99}){99}"));
  CHECK(is_refused(std::string(5000, 'a')));
  CHECK(is_refused(std::string(100, '(') + std::string(100, ')')));
  CHECK_FALSE(is_refused("^.{0,1000}$"));
}

TEST_CASE("patterns that make backtracking engines explode end quickly") {
  const std::string many(50'000, 'a');
  CHECK_FALSE(matches("^(a+)+$", many + "!"));
  CHECK_FALSE(matches("^(a|a)*b$", many));
  CHECK_FALSE(matches("^(([a-z])+.)+[A-Z]([a-z])+$", many));
  CHECK(matches("^(a?){200}a{200}$", std::string(300, 'a')));
}

TEST_CASE("a text too long for its pattern does not match instead of blocking") {
  CHECK_FALSE(matches("(a?){1000}b", std::string(1'000'000, 'a')));
  CHECK_FALSE(matches("(?!(?!(?!.*b)))c", std::string(100'000, 'a')));
}
