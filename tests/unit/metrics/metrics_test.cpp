#include "core/metrics/metrics.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <limits>
#include <stdexcept>
#include <thread>

using tomada::metrics::Labels;
using tomada::metrics::Registry;

namespace {

constexpr std::array<double, 3> bounds = {0.1, 1, 10};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what is counted can be read and is exposed in Prometheus' text form") {
  Registry registry;
  registry.counter("tomada_calls_total", "Calls.", {{"tool", "erp_receivables"}, {"outcome", "result"}}).add(3);
  registry.counter("tomada_calls_total", "Calls.", {{"outcome", "error"}, {"tool", "erp_receivables"}}).add();
  registry.gauge("tomada_connections", "Open connections.").set(7);
  CHECK(registry.exposition() ==
        "# HELP tomada_calls_total Calls.\n"
        "# TYPE tomada_calls_total counter\n"
        "tomada_calls_total{outcome=\"error\",tool=\"erp_receivables\"} 1\n"
        "tomada_calls_total{outcome=\"result\",tool=\"erp_receivables\"} 3\n"
        "# HELP tomada_connections Open connections.\n"
        "# TYPE tomada_connections gauge\n"
        "tomada_connections 7\n");
}

TEST_CASE("the names that can be read are told, a histogram's by its count and sum") {
  Registry registry;
  registry.gauge("tomada_b", "B.", {{"x", "1"}});
  registry.gauge("tomada_b", "B.", {{"x", "2"}});
  registry.histogram("tomada_a_seconds", "A.", bounds);
  CHECK(registry.names() == std::vector<std::string>{"tomada_a_seconds_count", "tomada_a_seconds_sum", "tomada_b"});
}

TEST_CASE("the same name and labels give the same instrument, in whatever order the labels come") {
  Registry registry;
  auto& first = registry.counter("a_total", "A.", {{"x", "1"}, {"y", "2"}});
  auto& second = registry.counter("a_total", "Another help.", {{"y", "2"}, {"x", "1"}});
  CHECK(&first == &second);
  CHECK(&first != &registry.counter("a_total", "A."));
  CHECK(contains(registry.exposition(), "# HELP a_total A.\n"));
}

TEST_CASE("a value is read by name and labels; without labels all label sets are summed") {
  Registry registry;
  registry.counter("a_total", "A.", {{"x", "1"}}).add(2);
  registry.counter("a_total", "A.", {{"x", "2"}}).add(3);
  registry.gauge("b", "B.").add(-1.5);
  registry.collect("c", "C.", [] { return 4.0; });
  CHECK(registry.value("a_total") == 5.0);
  CHECK(registry.value("a_total", {{"x", "2"}}) == 3.0);
  CHECK(registry.value("a_total", {{"x", "3"}}) == std::nullopt);
  CHECK(registry.value("b") == -1.5);
  CHECK(registry.value("c") == 4.0);
  CHECK(registry.value("nothing") == std::nullopt);
}

TEST_CASE("a histogram counts into cumulative buckets") {
  Registry registry;
  auto& histogram = registry.histogram("wait_seconds", "Waiting.", bounds, {{"kind", "a"}});
  for (const double value : {0.05, 0.1, 0.5, 5.0, 50.0}) histogram.observe(value);
  histogram.observe(std::numeric_limits<double>::quiet_NaN());
  const std::string text = registry.exposition();
  CHECK(contains(text, "# TYPE wait_seconds histogram\n"));
  CHECK(contains(text, "wait_seconds_bucket{kind=\"a\",le=\"0.1\"} 2\n"));
  CHECK(contains(text, "wait_seconds_bucket{kind=\"a\",le=\"1\"} 3\n"));
  CHECK(contains(text, "wait_seconds_bucket{kind=\"a\",le=\"10\"} 4\n"));
  CHECK(contains(text, "wait_seconds_bucket{kind=\"a\",le=\"+Inf\"} 5\n"));
  CHECK(contains(text, "wait_seconds_count{kind=\"a\"} 5\n"));
  CHECK(registry.value("wait_seconds_count") == 5.0);
  CHECK(registry.value("wait_seconds_sum") == Approx(55.65));
  CHECK(registry.value("wait_seconds") == std::nullopt);
}

TEST_CASE("a collected value is read when scraped, can be replaced and forgotten, and may throw") {
  Registry registry;
  double level = 1;
  registry.collect("level", "L.", [&level] { return level; });
  level = 2;
  CHECK(contains(registry.exposition(), "level 2\n"));
  registry.collect("level", "L.", []() -> double { throw std::runtime_error("gone"); });
  CHECK(registry.value("level") == std::nullopt);
  CHECK(registry.exposition() == "# HELP level L.\n# TYPE level gauge\n");
  registry.forget("level");
  CHECK(registry.exposition().empty());
  registry.collect("reads_total", "R.", [] { return 9.0; });
  CHECK(contains(registry.exposition(), "# TYPE reads_total counter\nreads_total 9\n"));
}

TEST_CASE("a callback may use the registry it is read from") {
  Registry registry;
  registry.counter("a_total", "A.").add(4);
  registry.collect("twice", "T.", [&registry] { return 2 * registry.value("a_total").value_or(0); });
  CHECK(registry.value("twice") == 8.0);
  CHECK(contains(registry.exposition(), "twice 8\n"));
}

TEST_CASE("names that Prometheus objects to throw") {
  Registry registry;
  CHECK_THROWS_AS(registry.counter("calls", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("callsTotal", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("1_total", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("a_total", ""), std::invalid_argument);
  CHECK_THROWS_AS(registry.gauge("a_total", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.gauge("a_count", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.gauge("wait_ms", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.gauge("wait_milliseconds", "C."), std::invalid_argument);
  CHECK_THROWS_AS(registry.histogram("wait_seconds", "C.", std::array<double, 2>{2, 1}), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("a_total", "C.", {{"Bad", "x"}}), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("a_total", "C.", {{"le", "x"}}), std::invalid_argument);
  CHECK_THROWS_AS(registry.counter("a_total", "C.", {{"x", "1"}, {"x", "2"}}), std::invalid_argument);
  CHECK(registry.exposition().empty());
}

TEST_CASE("one name is one kind of metric") {
  Registry registry;
  registry.gauge("level", "L.");
  CHECK_THROWS_AS(registry.histogram("level", "L.", bounds), std::invalid_argument);
  CHECK_THROWS_AS(registry.collect("level", "L.", [] { return 1.0; }), std::invalid_argument);
}

TEST_CASE("label values and help texts are escaped") {
  Registry registry;
  registry.gauge("a", "Line one\nback\\slash", {{"x", "quote\" back\\ line\n \xff"}}).set(1);
  const std::string text = registry.exposition();
  CHECK(contains(text, "# HELP a Line one\\nback\\\\slash\n"));
  CHECK(contains(text, "a{x=\"quote\\\" back\\\\ line\\n \xEF\xBF\xBD\"} 1\n"));
}

TEST_CASE("special values are written as Prometheus reads them") {
  Registry registry;
  registry.gauge("a", "A.").set(std::numeric_limits<double>::infinity());
  registry.gauge("b", "B.").set(-std::numeric_limits<double>::infinity());
  registry.gauge("c", "C.").set(std::numeric_limits<double>::quiet_NaN());
  registry.gauge("d", "D.").set(0.1);
  const std::string text = registry.exposition();
  for (const std::string_view line : {"\na +Inf\n", "\nb -Inf\n", "\nc NaN\n", "\nd 0.1\n"})
    CHECK(contains(text, line));
}

TEST_CASE("nothing is lost when many threads count, observe and scrape at once") {
  Registry registry;
  auto& counter = registry.counter("a_total", "A.");
  auto& gauge = registry.gauge("b", "B.");
  auto& histogram = registry.histogram("c_seconds", "C.", bounds);
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 2000; ++k) {
        counter.add();
        gauge.add(1);
        histogram.observe(0.5);
        if (k % 500 == 0) static_cast<void>(registry.exposition());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(registry.value("a_total") == 24'000.0);
  CHECK(registry.value("b") == 24'000.0);
  CHECK(registry.value("c_seconds_count") == 24'000.0);
  CHECK(registry.value("c_seconds_sum") == 12'000.0);
}
