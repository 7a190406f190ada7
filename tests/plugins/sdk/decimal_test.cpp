#include <tomada/decimal.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <vector>

using tomada::sdk::Decimal;

namespace {

std::string read_and_write(std::string_view text) {
  const auto value = Decimal::read_number(text);
  return value ? value->text() : "none";
}

}  // namespace

TEST_CASE("a decimal keeps its digits") {
  for (const auto* text : {"0", "74.89", "74.90", "-0.50", "0.005", "-12", "9223372036854775807",
                           "-9223372036854775808", "-9.223372036854775808"}) {
    CHECK(Decimal::parse(text).text() == text);
  }
  CHECK(Decimal::parse("+1.5").text() == "1.5");
  CHECK(Decimal::from_units(5, 2).text() == "0.05");
}

TEST_CASE("what is no decimal is refused") {
  for (const auto* text : {"", "-", ".5", "5.", "1,5", "1.2.3", "0x10", " 1", "1 ", "1e2", "NaN", "9223372036854775808",
                           "0.1234567890123456789"}) {
    INFO(text);
    CHECK_FALSE(Decimal::read(text));
  }
  CHECK_THROWS_WITH(Decimal::parse("ten"), "\"ten\" is no decimal number");
}

TEST_CASE("a JSON number's exponent is carried out exactly") {
  CHECK(read_and_write("1e3") == "1000");
  CHECK(read_and_write("1.50E2") == "150");
  CHECK(read_and_write("74.89e-2") == "0.7489");
  CHECK(read_and_write("-2.5e+1") == "-25");
  CHECK(read_and_write("0e99999") == "none");
  CHECK(read_and_write("0e40") == "0");
  CHECK(read_and_write("1e19") == "none");
  CHECK(read_and_write("1e-19") == "none");
}

TEST_CASE("sums are exact where binary floats are not") {
  CHECK((Decimal::parse("0.1") + Decimal::parse("0.2")).text() == "0.3");
  CHECK((Decimal::parse("10") - Decimal::parse("0.01")).text() == "9.99");
  CHECK((-Decimal::parse("1.5")).text() == "-1.5");
  CHECK((Decimal::parse("1.10") * Decimal{3}).text() == "3.30");
  const std::vector<Decimal> cents(1000, Decimal::parse("0.01"));
  CHECK(tomada::sdk::sum(cents).text() == "10.00");
  CHECK(tomada::sdk::sum(cents, [](Decimal cent) { return -cent; }).text() == "-10.00");
}

TEST_CASE("an amount that does not fit throws instead of wrapping") {
  const Decimal most{std::numeric_limits<std::int64_t>::max()};
  CHECK_THROWS_AS(most + Decimal{1}, std::overflow_error);
  CHECK_THROWS_AS(most + Decimal::parse("0.1"), std::overflow_error);
  CHECK_THROWS_AS(most * Decimal{2}, std::overflow_error);
  CHECK_THROWS_AS(-Decimal{std::numeric_limits<std::int64_t>::min()}, std::overflow_error);
}

TEST_CASE("decimals compare by value, at any scale") {
  CHECK(Decimal::parse("1.5") == Decimal::parse("1.50"));
  CHECK(Decimal::parse("-1.5") < Decimal::parse("-1.45"));
  CHECK(Decimal::parse("-0.1") < Decimal{0});
  CHECK(Decimal::parse("0.000000000000000001") > Decimal{0});
  CHECK(Decimal{std::numeric_limits<std::int64_t>::max()} > Decimal::parse("9.223372036854775807"));
}

TEST_CASE("rounding is half away from zero and gives exactly the places asked for") {
  CHECK(Decimal::parse("2.345").rounded(2).text() == "2.35");
  CHECK(Decimal::parse("-2.345").rounded(2).text() == "-2.35");
  CHECK(Decimal::parse("2.344").rounded(2).text() == "2.34");
  CHECK(Decimal::parse("2.5").rounded(0).text() == "3");
  CHECK(Decimal::parse("2").rounded(2).text() == "2.00");
  CHECK(Decimal::parse("74.90").to_double() == 74.9);
}
