// co_await as g++ 12 compiles it right: see coroutine_rule.cpp.
#include "coroutine_rule.hpp"
#include "source_tree.hpp"

#include <catch2/catch.hpp>

namespace tomada::architecture {

TEST_CASE("every co_await of the sources is written in a form that g++ 12 compiles correctly") {
  std::size_t files = 0;
  for (const auto& file : source_files()) {
    if (!ends_with_any(file.path, {".cpp", ".hpp"}) || file.path.starts_with("tests/architecture/")) continue;
    ++files;
    for (const auto& statement : coroutine_faults(file.text)) {
      FAIL_CHECK(file.path << ": make co_await the whole right-hand side, with named operands: " << statement);
    }
  }
  CHECK(files > 50);
}

TEST_CASE("forms that g++ 12 miscompiles are found") {
  const std::string statement =
      GENERATE(as<std::string>{},  //
               "if (co_await ready()) ++n;", "while (co_await ready()) ++n;",
               "switch (co_await kind()) { default: break; }", "for (int i = 0; i < co_await count(); ++i) ++n;",
               "do ++n; while (co_await ready());", "co_await f([s]() { return s; });",
               "co_await co_spawn(ex, [s]() -> awaitable<void> { co_return; }, use_awaitable);",
               "co_await f(Request{a, b});", "co_await f(Request{.a = a, .b = b});", "Pair g{co_await x(), 1};",
               "Pair g = {co_await x(), 1};", "auto v = c ? co_await f() : T{};", "auto v = co_await g(c ? T{} : T{});",
               "co_await send({{\"jsonrpc\", \"2.0\"}, {\"id\", 1}});", "co_await many({a, b});",
               "std::string a[2] = {co_await f(), co_await f()};", "REQUIRE(co_await f() == 1);",
               "auto v = co_await f() + co_await g();", "auto v = co_await f(co_await g());",
               "if (a && co_await f()) ++n;", "auto v = 1 + co_await f();", "use(co_await f());",
               "return_value(co_await f());", "for (auto x : co_await list()) ++n;", "throw co_await f();",
               "auto v = !co_await f();", "auto v = co_await table[f()];", "v[0](co_await f());");
  INFO(statement);
  CHECK(coroutine_faults("awaitable<void> f() { " + statement + " }").size() >= 1);
}

TEST_CASE("forms that g++ 12 compiles correctly pass") {
  const std::string statement = GENERATE(
      as<std::string>{},  //
      "co_await f(std::move(x));", "auto v = co_await f(x);", "auto [a, b] = co_await f();", "m.field = co_await f();",
      "m->field = co_await f();", "(void)co_await f();", "co_return co_await f();",
      "Timer timer(co_await asio::this_coro::executor);", "Timer timer{co_await boost::asio::this_coro::executor};",
      "const std::vector<int>& v = co_await f();", "for (;;) { co_await f(); }", "try { co_await f(); } catch (...) {}",
      "if (a) { auto v = co_await f(); }", "std::map<int, T> v = co_await f();", "co_await (f() || g());",
      "switch (n) { case 1: co_await f(); break; default: co_await g(); }", "if (a) { ++n; } else co_await f();",
      "co_await f(\"a { b } ? [c]\");", "co_await f('{');", "// if (co_await f()) is a trap\n",
      "/* if (co_await f()) */", "log(\"if (co_await f())\");", "log(R\"(if (co_await f()))\");",
      "auto&& v = co_await f(a + b, 1'000);");
  INFO(statement);
  CHECK(coroutine_faults("awaitable<void> f() { " + statement + " }").empty());
}

TEST_CASE("comments and literals never count as code") {
  CHECK(code_only("a // b\nc") == "a \nc");
  CHECK(code_only("a /* b\n */ c") == "a \n c");
  CHECK(code_only("f(\"x\\\"y\", 'q', 1'000)") == "f(\"\", '', 1'000)");
  CHECK(code_only("f(R\"x(a)\" b)x\")") == "f(\"\")");
}

}  // namespace tomada::architecture
