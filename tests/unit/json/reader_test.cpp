#include "core/json/reader.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace tomada;

namespace {

std::string error_of(std::string_view text, const json::Limits& limits = {}) {
  const auto result = json::read(text, {}, limits);
  return result ? "" : result.error().text();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string object_with(std::size_t members, const std::string& last) {
  std::string out = "{";
  for (std::size_t i = 0; i < members; ++i) out += "\"key" + std::to_string(i) + "\":{\"inner\":1},";
  return out + "\"" + last + "\":0}";
}

}  // namespace

TEST_CASE("the reader answers the value that the text describes") {
  const auto read = json::read(R"({"a":[1,-2,18446744073709551615,0.5,true,false,null],"b":{"c":"\u00e9\n"}})");
  REQUIRE(read);
  CHECK(json::text(*read) == "{\"a\":[1,-2,18446744073709551615,0.5,true,false,null],\"b\":{\"c\":\"é\\n\"}}");
}

TEST_CASE("the view of a member's key is of the key itself, not of a copy that is gone") {
  const json::object object{{"jsonrpc", "2.0"}};
  CHECK(json::view(object.begin()->key()).data() == object.begin()->key().data());
}

TEST_CASE("where a key may appear twice, the last one counts") {
  const json::Limits lenient{.allows_repeated_keys = true};
  const auto read = json::read(R"({"a":1,"b":2,"\u0061":3})", {}, lenient);
  REQUIRE(read.has_value());
  CHECK(json::text(*read) == R"({"a":3,"b":2})");
}

TEST_CASE("a key that appears twice in one object is refused by name, however it is written") {
  CHECK(error_of(R"({"a":1,"b":2,"a":3})").find("the key \"a\" appears twice") != std::string::npos);
  CHECK(error_of(R"({"a":1,"\u0061":3})").find("twice") != std::string::npos);
  CHECK(error_of(R"([{"x":{"k":1,"k":1}}])").find("twice") != std::string::npos);
  CHECK(error_of(R"({"":1,"":2})").find("twice") != std::string::npos);
  CHECK(json::read(R"({"a":{"b":1},"b":{"a":1}})"));
  CHECK(json::read(R"([{"a":1},{"a":1}])"));
}

TEST_CASE("a repeated key is found among thousands, and thousands of different keys are accepted") {
  CHECK(json::read(object_with(5000, "another")));
  CHECK(error_of(object_with(5000, "key17")).find("the key \"key17\" appears twice") != std::string::npos);
  CHECK(error_of(object_with(15, "key3")).find("twice") != std::string::npos);
  CHECK(error_of(object_with(16, "key3")).find("twice") != std::string::npos);
}

TEST_CASE("an error names the byte at which the text stops making sense") {
  const auto result = json::read(R"({"a":1,})");
  REQUIRE(!result);
  CHECK(result.error().code == ErrorCode::invalid_argument);
  CHECK(result.error().where == "byte 7");
  CHECK(json::read("[1,2").error().message == "the JSON text ends too early");
  CHECK(json::read("{} x").error().message == "there is text after the JSON value");
  CHECK(json::read("{} x").error().where == "byte 3");
  CHECK(json::read("").error().where == "byte 0");
}

TEST_CASE("numbers that no double can hold are refused, tiny ones become zero") {
  CHECK(error_of("1e400").find("too large") != std::string::npos);
  CHECK(error_of("[-1e400]").find("too large") != std::string::npos);
  CHECK(!json::read("1e99999999999"));
  CHECK(json::read("1e-400")->as_double() == 0.0);
  CHECK(json::read("5e-324")->as_double() == std::numeric_limits<double>::denorm_min());
  CHECK(json::read("1.7976931348623157e308")->as_double() == std::numeric_limits<double>::max());
  CHECK(!json::read("NaN"));
  CHECK(!json::read("Infinity"));
  CHECK(!json::read("-Infinity"));
}

TEST_CASE("every double is read as the nearest one") {
  std::mt19937_64 random{42};
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = random() & 0x7FEFFFFFFFFFFFFF;
    double expected = 0;
    std::memcpy(&expected, &bits, sizeof expected);
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, expected, std::chars_format::scientific, 17).ptr;
    const auto read = json::read({text, static_cast<std::size_t>(end - text)});
    REQUIRE(read);
    REQUIRE(read->to_number<double>() == expected);
  }
}

TEST_CASE("depth and size are bounded, ten thousand levels do no harm") {
  CHECK(json::read(nested(128)));
  CHECK(error_of(nested(129)).find("deeper than 128 levels") != std::string::npos);
  CHECK(error_of(nested(10'000)).find("deeper") != std::string::npos);
  CHECK(!json::read(std::string(100'000, '[')));
  CHECK(json::read(nested(2000), {}, {2000, 1 << 20}));
  CHECK(error_of(nested(10'000), {1'000'000, 1 << 20}).find("deeper than 2000") != std::string::npos);
  CHECK(error_of("[1,2,3]", {128, 6}).find("7 bytes, at most 6") != std::string::npos);
  CHECK(json::read("[1,2,3]", {}, {128, 7}));
}

TEST_CASE("text that is not UTF-8 is refused") {
  for (const std::string_view bad :
       {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xe2\x82\""}) {
    CHECK(!json::read(bad));
  }
  CHECK(!json::read("\"\\ud800\""));
  CHECK(!json::read("\xEF\xBB\xBF{}"));
  CHECK(json::read("\"\\ud83d\\ude00\"")->as_string() == "😀");
}

TEST_CASE("the parser of a thread starts afresh after an error inside an arena") {
  for (int i = 0; i < 3; ++i) {
    {
      boost::json::monotonic_resource arena;
      CHECK(!json::read(R"({"a":["long enough to be allocated in the arena", {"b":1}, oops)", &arena));
    }
    CHECK(json::read(R"({"a":1,"b":2})"));
  }
}

TEST_CASE("values live in the storage that was given") {
  boost::json::monotonic_resource arena;
  const auto read = json::read(R"({"a":["a string that does not fit inside the value itself"]})", &arena);
  REQUIRE(read);
  CHECK(read->storage().get() == &arena);
  CHECK(read->as_object().at("a").storage().get() == &arena);
}

TEST_CASE("no prefix of a message is read beyond its end") {
  const std::string whole =
      R"({"id":17,"method":"tools\/call\u00e9","n":[0.25,-1e5,true,null,12345678901234567890],"é":"ü"})";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto exact = std::make_unique<char[]>(size);  // the sanitizer sees one byte too many
    std::copy_n(whole.data(), size, exact.get());
    CHECK(json::read({exact.get(), size}).has_value() == (size == whole.size()));
  }
}

TEST_CASE("threads read at the same time") {
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&good] {
      for (int k = 0; k < 500; ++k) good += json::read(R"({"a":[1,2,{"b":"c"}]})") && !json::read("{\"a\":") ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 2000);
}
