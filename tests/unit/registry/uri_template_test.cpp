#include "core/registry/uri_template.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace {

using namespace tomada;
using registry::UriTemplate;

// "-": it does not fit.
std::string match(std::string_view text, std::string_view uri) {
  const auto parsed = UriTemplate::parse(text);
  REQUIRE(parsed.has_value());
  const auto found = parsed->match(uri);
  return found ? json::text(*found) : "-";
}

}  // namespace

TEST_CASE("a URI that fits a template gives the variables, decoded") {
  CHECK(match("erp://order/{id}", "erp://order/17") == R"({"id":"17"})");
  CHECK(match("erp://order/{id}/items", "erp://order/17/items") == R"({"id":"17"})");
  CHECK(match("erp://{kind}/{id}", "erp://order/a%20b%2Fc") == R"({"kind":"order","id":"a b/c"})");
  CHECK(match("file:///{+path}", "file:///a/b.txt") == R"({"path":"a/b.txt"})");
  CHECK(match("erp://orders{?from,to}", "erp://orders") == "{}");
  CHECK(match("erp://orders{?from,to}", "erp://orders?to=5&from=") == R"({"to":"5","from":""})");
  CHECK(match("erp://now", "erp://now") == "{}");
}

TEST_CASE("a URI that does not fit a template is not read by it") {
  CHECK(match("erp://order/{id}", "erp://order/") == "-");
  CHECK(match("erp://order/{id}", "erp://order/1/2") == "-");
  CHECK(match("erp://order/{id}", "erp://order/1?x=2") == "-");
  CHECK(match("erp://order/{id}/items", "erp://order/1/lines") == "-");
  CHECK(match("erp://order/{id}", "erp://order/%4") == "-");
  CHECK(match("erp://order/{id}", "erp://order/%zz") == "-");
  CHECK(match("erp://order/{id}", "erp://order/%ff") == "-");
  CHECK(match("erp://orders{?from}", "erp://orders?other=1") == "-");
  CHECK(match("erp://now", "erp://now/") == "-");
}

TEST_CASE("a template that says what is not understood is refused with the way to write it") {
  for (const auto* text : {"a:{", "a:{}", "a:{b", "a:{#b}", "a:{b}{c}", "a:{b c}", "a:{?}", "a:{?b}/c", "a:{b*}"}) {
    CAPTURE(text);
    const auto parsed = UriTemplate::parse(text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().hint.find("{name}") != std::string::npos);
  }
}
