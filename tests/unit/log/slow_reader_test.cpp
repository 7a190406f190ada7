#include "core/json/reader.hpp"
#include "core/log/log.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/log/capture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tomada;

namespace {

struct Flood {
  double dropped = 0;
  std::string first, after;
};

// Many lines that nobody reads, then one more when there is room again.
Flood flood(std::pair<int, int> ends) {
  test::ManualClock clock;
  metrics::Registry metrics;
  Flood out;
  const test::Stderr captured{ends};
  log::Logger logger{{}, clock, metrics};
  for (int i = 0; i < 3000; ++i) logger.info("a line that nobody reads", {{"padding", std::string(300, 'x')}});
  out.dropped = metrics.value("tomada_log_dropped_total").value_or(0);
  out.first = captured.read_all();
  logger.info("there is room again");
  out.after = captured.read_all();
  return out;
}

bool are_whole_lines(const std::string& text) {
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    if (!json::read(std::string_view{text}.substr(start, end - start))) return false;
    start = end + 1;
  }
  return start == text.size();
}

}  // namespace

TEST_CASE("a pipe that nobody reads costs lines, which are counted, and never blocks") {
  const Flood result = flood(test::Stderr::pipe());
  const auto written = static_cast<double>(std::count(result.first.begin(), result.first.end(), '\n'));
  CHECK(result.dropped > 0);
  CHECK(written + result.dropped == 3000);
  CHECK(are_whole_lines(result.first));
  CHECK(result.after.find("there is room again") != std::string::npos);
}

TEST_CASE("a socket that nobody reads, as some clients give for stderr, costs lines and never blocks") {
  const Flood result = flood(test::Stderr::socket());
  CHECK(result.dropped > 0);
  CHECK(are_whole_lines(result.first));
  CHECK(result.after.find("there is room again") != std::string::npos);
}

TEST_CASE("a log file that cannot be opened is reported on stderr, where lines go instead") {
  test::ManualClock clock;
  metrics::Registry metrics;
  const test::Stderr captured{test::Stderr::pipe()};
  log::Logger logger{{log::Level::info, "/nowhere/at/all/tomada.log"}, clock, metrics};
  logger.info("hello");
  const std::string text = captured.read_all();
  CHECK(text.find("/nowhere/at/all/tomada.log") != std::string::npos);
  CHECK(text.find("hello") != std::string::npos);
}
