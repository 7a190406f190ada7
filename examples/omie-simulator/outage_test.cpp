// An ERP that is gone for ten minutes: whatever was asked in the hour before is still answered, as it was, and says so;
// once it is back, the first answer ends that.
#include "household.hpp"
#include "reserved_port.hpp"
#include "simulator.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

#include <iostream>

using namespace omie_simulator;
using tomada::Milliseconds;
using tomada::registry::Origin;
using tomada::registry::Outcome;
using tomada::registry::OutcomeKind;

namespace {

constexpr Milliseconds hour{3'600'000}, outage{600'000};
constexpr Milliseconds lists_last{600'000};  // the plugin's own registers of names and categories
// At most, of any of these tools: a list may have been as old as that when it was answered from.
constexpr Milliseconds stale_while_looked_for = lists_last + Milliseconds{900'000};

constexpr const char* never_asked = R"({"status":"all"})";

struct Question {
  std::string tool, arguments;
};

std::vector<Question> questions() {
  std::vector<Question> out{{"erp_cash_position", "{}"}, {"erp_categories", "{}"}, {"erp_products", "{}"}};
  const char* const words[] = {"AURORA", "SERRA", "LIMA", "IPÊ", "HORIZONTE"};
  for (const char* tool : {"erp_receivables", "erp_payables"})
    for (const char* status : {"open", "overdue", "due", "partial", "paid", "cancelled", "all"})
      for (int i = 0; i < 10; ++i)
        out.push_back({tool, std::string{R"({"status":")"} + status + R"(","limit":)" + std::to_string(10 + i) +
                                 (i % 2 ? std::string{R"(,"partner":")"} + words[i / 2] + "\"}" : "}")});
  for (int i = 1; i <= 40; ++i) {
    out.push_back({"erp_partners", R"({"query":")" + std::to_string(i) + "\"}"});
    out.push_back({"erp_orders", R"({"number":")" + std::to_string(i) + "\"}"});
  }
  return out;
}

Options simulated(int port) {
  Options out;
  out.port = port;
  out.today = "14/10/2026";    // the clock's
  out.redundancy_seconds = 0;  // Omie's minutes pass on another clock than ours
  out.per_method_minute = out.per_ip_minute = 1'000'000;
  return out;
}

// The facts, without when they were read.
std::string facts(const Outcome& outcome) {
  auto read = tomada::json::read(outcome.structured).value();
  read.get_object().erase("as_of");
  return tomada::json::text(read);
}

bool has_note(const Outcome& outcome) { return outcome.content.find("a new look has failed") != std::string::npos; }

}  // namespace

TEST_CASE("outage: everything asked in the hour before is answered as it was and says so; the first answer ends it",
          "[omie]") {
  const ReservedPort port;
  auto simulator = std::make_unique<Simulator>(simulated(port.number()));
  Household household{"http://127.0.0.1:" + std::to_string(port.number()) + "/api/v1/"};
  REQUIRE(simulator->listen());
  simulator->start();

  const auto asked = questions();
  const auto step = hour / static_cast<long>(asked.size());
  std::vector<std::string> known;
  for (const auto& [tool, arguments] : asked) {
    INFO(tool << arguments);
    const auto outcome = household.ask(tool, arguments);
    REQUIRE(outcome.kind == OutcomeKind::result);
    known.push_back(facts(outcome));
    household.clock.advance(step);
  }
  household.settle();
  simulator.reset();

  std::size_t stale = 0, noted = 0;
  const auto check_all = [&] {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      INFO(asked[i].tool << asked[i].arguments);
      const auto outcome = household.ask(asked[i].tool, asked[i].arguments);
      const auto& [origin, source, age, refresh_in, as_of, read_at] = outcome.freshness;
      REQUIRE(outcome.kind == OutcomeKind::result);
      CHECK(facts(outcome) == known[i]);
      CHECK((origin == Origin::stale || age < lists_last));
      CHECK((has_note(outcome) || age < stale_while_looked_for));
      CHECK(outcome.structured.find(as_of.substr(13, 6)) != std::string::npos);  // minute and second, in the text too
      stale += origin == Origin::stale, noted += has_note(outcome);
    }
    household.settle();
  };
  check_all();
  household.clock.advance(outage);
  check_all();
  std::cout << "ten minutes without the ERP: " << 2 * asked.size() << " questions, all answered, " << stale
            << " marked stale, " << noted << " of them with the reason in their text\n";

  simulator = std::make_unique<Simulator>(simulated(port.number()));
  REQUIRE(std::holds_alternative<json::object>(
      simulator->change(tomada::json::read(R"({"titulos":[{"cNatureza":"R"},{"cNatureza":"P"}]})")->get_object())));
  REQUIRE(simulator->listen());
  simulator->start();
  int seconds = 0;
  const auto is_answered = [&] { return household.ask("erp_receivables", never_asked).kind == OutcomeKind::result; };
  for (; !is_answered() && seconds < 100; ++seconds) household.clock.advance(Milliseconds{1'000});
  CHECK(seconds <= 80);  // the breaker's pause
  const auto first_answer = household.clock.steady_now();
  for (const auto& [tool, arguments] : asked) CHECK_FALSE(has_note(household.ask(tool, arguments)));
  household.settle();  // what was still looked for behind its answer
  std::size_t different = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    INFO(asked[i].tool << asked[i].arguments);
    const auto outcome = household.ask(asked[i].tool, asked[i].arguments);
    REQUIRE(outcome.kind == OutcomeKind::result);
    CHECK(outcome.freshness.origin != Origin::stale);
    different += facts(outcome) != known[i];
  }
  CHECK(different > 0);  // what happened meanwhile is seen
  const auto took = household.clock.steady_now() - first_answer;
  std::cout << "back again: the first answer after " << seconds << " s (the breaker's pause), then all " << asked.size()
            << " live within " << std::chrono::duration_cast<Milliseconds>(took).count() << " ms, " << different
            << " with what had changed\n";
}
