#include "core/base/result.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>
#include <string>

using namespace tomada;

namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return failure(ErrorCode::invalid_argument, "the number is odd", "number", "pass an even one");
  return number / 2;
}

}  // namespace

TEST_CASE("a result is a value or an error") {
  CHECK(half(4).value() == 2);
  const auto failed = half(3);
  REQUIRE(failed.has_error());
  CHECK(failed.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("an error's text names place, problem and next step, as far as they are known") {
  CHECK(half(3).error().text() == "number: the number is odd (pass an even one)");
  CHECK(failure(ErrorCode::busy, "the queue is full").text() == "the queue is full");
  std::ostringstream out;
  out << half(3).error();
  CHECK(out.str() == half(3).error().text());
}

TEST_CASE("taking the value of a failed result is a bug that names the error") {
  CHECK_THROWS_AS(half(3).value(), std::logic_error);
  CHECK_THROWS_WITH(half(3).value(), Catch::Contains("the number is odd"));
}

TEST_CASE("every error code has a name of its own") {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::system); ++code)
    names.insert(name(static_cast<ErrorCode>(code)));
  CHECK(names.size() == static_cast<std::size_t>(ErrorCode::system) + 1);
  CHECK(name(ErrorCode::unreachable) == "unreachable");
}

TEST_CASE("errors compare by all they say") {
  CHECK(half(3).error() == half(5).error());
  CHECK_FALSE(half(3).error() == failure(ErrorCode::invalid_argument, "the number is odd"));
}
