#include "core/alerts/condition.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace std::chrono_literals;
using tomada::WallTime;
using tomada::alerts::advance;
using tomada::alerts::Condition;
using tomada::alerts::Rule;
using tomada::alerts::Standing;
namespace json = tomada::json;

namespace {

constexpr WallTime start{std::chrono::seconds{1'792'000'000}};

Rule rule(std::int64_t for_seconds = 0) {
  return {"high", "m", tomada::alerts::Comparison::above, 10, for_seconds, "critical", "hook", true, ""};
}

std::string announced(const Condition& condition) {
  if (condition.announcement.empty()) return "";
  return std::string{condition.announcement.at("alert").at("status").as_string()};
}

Condition quiet(Condition condition) {  // as after its announcement went out
  condition.announcement.clear();
  return condition;
}

}  // namespace

TEST_CASE("Without a waiting time a rule fires at the first true look") {
  const Rule high = rule();
  const auto fired = advance({}, &high, 11, start);
  CHECK(fired.standing == Standing::firing);
  CHECK(announced(fired) == "firing");
  const auto& alert = fired.announcement.at("alert").as_object();
  const json::object labels{{"alertname", "high"}, {"metric", "m"}, {"severity", "critical"}};
  CHECK(alert.at("labels") == labels);
  CHECK(alert.at("annotations").at("summary") == "m is 11 (rule: m > 10)");
  CHECK(alert.at("startsAt") == "2026-10-14T17:46:40.000000000Z");
  CHECK(alert.at("endsAt") == "0001-01-01T00:00:00Z");
  CHECK(alert.at("fingerprint").as_string().size() == 16);
}

TEST_CASE("With a waiting time it is pending first and fires when the time is over") {
  const Rule high = rule(30);
  const auto pending = advance({}, &high, 11, start);
  CHECK(pending.standing == Standing::pending);
  CHECK(announced(pending).empty());
  const auto still = advance(pending, &high, 11, start + 29s);
  CHECK(still.standing == Standing::pending);
  CHECK(still.since_ms == pending.since_ms);
  const auto fired = advance(still, &high, 12, start + 30s);
  CHECK(fired.standing == Standing::firing);
  CHECK(announced(fired) == "firing");
}

TEST_CASE("One false look ends a pending rule without a word") {
  const Rule high = rule(30);
  const auto over = advance(advance({}, &high, 11, start), &high, 9, start + 20s);
  CHECK(over.standing == Standing::inactive);
  CHECK(announced(over).empty());
  CHECK(advance(over, &high, 11, start + 40s).standing == Standing::pending);
}

TEST_CASE("A firing rule speaks once, and once more when it is over") {
  const Rule high = rule();
  const auto fired = quiet(advance({}, &high, 11, start));
  CHECK(advance(fired, &high, 12, start + 15s) == fired);
  const auto resolved = advance(fired, &high, 10, start + 30s);
  CHECK(resolved.standing == Standing::resolved);
  CHECK(announced(resolved) == "resolved");
  const auto& alert = resolved.announcement.at("alert").as_object();
  CHECK(alert.at("startsAt") == "2026-10-14T17:46:40.000000000Z");
  CHECK(alert.at("endsAt") == "2026-10-14T17:47:10.000000000Z");
  CHECK(alert.at("fingerprint") == fired.alert.at("fingerprint"));
  CHECK(alert.at("annotations").at("summary") == "m is 11 (rule: m > 10)");
  CHECK(announced(advance(quiet(resolved), &high, 9, start + 45s)).empty());
  CHECK(announced(advance(quiet(resolved), &high, 11, start + 60s)) == "firing");
}

TEST_CASE("A missing sample moves nothing") {
  const Rule high = rule(30);
  const auto pending = advance({}, &high, 11, start);
  CHECK(advance(pending, &high, std::nullopt, start + 1h) == pending);
  const Rule at_once = rule();
  const auto fired = quiet(advance({}, &at_once, 11, start));
  CHECK(advance(fired, &at_once, std::nullopt, start + 1h) == fired);
}

TEST_CASE("Disabling or deleting a firing rule resolves it where it was announced") {
  Rule high = rule();
  const auto fired = quiet(advance({}, &high, 11, start));
  high.is_enabled = false;
  high.channel = "elsewhere";
  const auto disabled = advance(fired, &high, 11, start + 15s);
  CHECK(announced(disabled) == "resolved");
  CHECK(disabled.announcement.at("channel") == "hook");
  CHECK(disabled.announcement.at("alert").at("annotations").at("resolution") == "the rule was disabled");
  const auto deleted = advance(fired, nullptr, std::nullopt, start + 15s);
  CHECK(announced(deleted) == "resolved");
  CHECK(deleted.announcement.at("rule") == "high");
}

TEST_CASE("A condition survives the store, and rubbish reads as inactive") {
  const Rule high = rule();
  const auto fired = advance({}, &high, 11, start);
  CHECK(tomada::alerts::read_condition(tomada::alerts::write_condition(fired)) == fired);
  CHECK(tomada::alerts::read_condition("{") == Condition{});
  CHECK(tomada::alerts::read_condition("[]") == Condition{});
}

TEST_CASE("Over any history announcements alternate and the waiting time is kept") {
  std::mt19937 chance{7};
  for (int history = 0; history < 300; ++history) {
    const std::int64_t wait = static_cast<std::int64_t>(chance() % 4) * 15;
    Rule high = rule(wait);
    Condition now;
    std::string last = "resolved";
    std::optional<WallTime> true_since;  // the model: since when has every look been true?
    for (int look = 0; look < 100; ++look) {
      const WallTime time = start + 15s * look;
      const double value = chance() % 3 == 0 ? 9 : 11;
      if (value <= 10) true_since.reset();
      if (value > 10 && !true_since) true_since = time;
      now = advance(tomada::alerts::read_condition(tomada::alerts::write_condition(now)), &high, value, time);
      const bool is_due = true_since && time - *true_since >= std::chrono::seconds{wait};
      const bool was_firing = last == "firing";
      REQUIRE((now.standing == Standing::firing) == (is_due || (was_firing && value > 10)));
      if (announced(now).empty()) continue;
      REQUIRE(announced(now) != last);
      last = announced(now);
      now = quiet(now);
    }
  }
}
