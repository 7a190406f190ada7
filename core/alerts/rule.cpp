#include "core/alerts/rule.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tomada::alerts {
namespace {

constexpr std::size_t longest_name = 64, longest_metric = 200, longest_message = 500;
constexpr std::int64_t longest_wait = 7 * 86'400;
constexpr std::array<std::pair<std::string_view, Comparison>, 6> comparisons{{{">", Comparison::above},
                                                                              {">=", Comparison::at_least},
                                                                              {"<", Comparison::below},
                                                                              {"<=", Comparison::at_most},
                                                                              {"==", Comparison::equal},
                                                                              {"!=", Comparison::different}}};
constexpr std::array<std::string_view, 3> severities{"info", "warning", "critical"};

std::string_view symbol(Comparison comparison) {
  const auto is_it = [comparison](const auto& pair) { return pair.second == comparison; };
  return std::find_if(comparisons.begin(), comparisons.end(), is_it)->first;
}

bool is_name(std::string_view text, std::string_view allowed_besides, std::size_t longest) {
  const auto is_allowed = [allowed_besides](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || allowed_besides.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), is_allowed);
}

json::value number_value(double number) {
  constexpr double largest_exact = 9'007'199'254'740'992.0;
  if (std::trunc(number) == number && std::abs(number) < largest_exact) return static_cast<std::int64_t>(number);
  return number;
}

// Reads one object member by member; the first wrong one is kept as the failure.
class RuleReader final {
 public:
  explicit RuleReader(const json::object& from) : from_{from} {}

  Result<Rule> read() {
    refuse_unknown();
    text("name", rule_.name, is_name(string("name"), "_-", longest_name), "1 to 64 of a-z, 0-9, '_' and '-'");
    constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_:.";
    text("metric", rule_.metric, is_name(string("metric"), capitals, longest_metric),
         "a metric's name such as memory_percent");
    const auto severity = string("severity");
    const bool is_severity = std::find(severities.begin(), severities.end(), severity) != severities.end();
    text("severity", rule_.severity, is_severity, "one of \"info\", \"warning\", \"critical\"");
    constexpr std::string_view channel_besides = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
    text("channel", rule_.channel, is_name(string("channel"), channel_besides, longest_name),
         "a receiver's name such as \"log\"");
    text("message", rule_.message, string("message").size() <= longest_message, "at most 500 bytes of text");
    comparison();
    threshold();
    wait();
    enabled();
    if (failure_) return *failure_;
    return rule_;
  }

 private:
  [[nodiscard]] std::string_view string(std::string_view key) const {
    const json::string* found = json::find_string(from_, key);
    return found ? json::view(*found) : std::string_view{};
  }

  void refuse_unknown() {
    static const std::vector<std::string> known{"name",     "metric",  "operator", "threshold", "for",
                                                "severity", "channel", "enabled",  "message"};
    for (const auto& member : from_) {
      const std::string key{member.key()};
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      const std::string near = text::nearest(key, known);
      refuse("rule." + key, "a rule has no member \"" + key + "\"",
             near.empty() ? "known: " + text::join(known, ", ") : "did you mean \"" + near + "\"?");
    }
  }

  void text(std::string_view key, std::string& out, bool is_right, std::string_view expected) {
    const json::value* found = json::find(from_, key);
    const bool is_required = key == "name" || key == "metric";
    if (!found && !is_required) return;
    if (!found || !found->is_string() || !is_right) return refuse_value(key, expected);
    out = string(key);
  }

  void comparison() {
    const auto wanted = string("operator");
    const auto is_it = [wanted](const auto& pair) { return pair.first == wanted; };
    const auto found = std::find_if(comparisons.begin(), comparisons.end(), is_it);
    if (found == comparisons.end()) return refuse_value("operator", "one of >, >=, <, <=, ==, !=");
    rule_.comparison = found->second;
  }

  void threshold() {
    const json::value* found = json::find(from_, "threshold");
    if (!found || !found->is_number()) return refuse_value("threshold", "a number");
    rule_.threshold = found->to_number<double>();
  }

  void wait() {
    const json::value* found = json::find(from_, "for");
    if (!found) return;
    const bool is_right = found->is_int64() && found->get_int64() >= 0 && found->get_int64() <= longest_wait;
    if (!is_right) return refuse_value("for", "whole seconds from 0 to 604800");
    rule_.for_seconds = found->get_int64();
  }

  void enabled() {
    const json::value* found = json::find(from_, "enabled");
    if (!found) return;
    if (!found->is_bool()) return refuse_value("enabled", "true or false");
    rule_.is_enabled = found->get_bool();
  }

  void refuse_value(std::string_view key, std::string_view expected) {
    const json::value* found = json::find(from_, key);
    const std::string seen = found ? json::text(*found).substr(0, 80) : "nothing";
    refuse(text::concat({"rule.", key}), text::concat({"expected ", expected, ", found ", seen}), "");
  }

  void refuse(std::string where, std::string message, std::string hint) {
    if (!failure_)
      failure_ = failure(ErrorCode::invalid_argument, std::move(message), std::move(where), std::move(hint));
  }

  const json::object& from_;
  Rule rule_;
  std::optional<Error> failure_;
};

}  // namespace

bool Rule::holds(double value) const noexcept {
  switch (comparison) {
    case Comparison::above:
      return value > threshold;
    case Comparison::at_least:
      return value >= threshold;
    case Comparison::below:
      return value < threshold;
    case Comparison::at_most:
      return value <= threshold;
    case Comparison::equal:
      return value == threshold;
    case Comparison::different:
      return value != threshold;
  }
  return false;
}

std::string number_text(double number) { return json::text(number_value(number)); }

std::string Rule::condition() const {
  return text::concat({metric, " ", symbol(comparison), " ", number_text(threshold)});
}

Result<Rule> read_rule(const json::object& from) { return RuleReader{from}.read(); }

json::object to_json(const Rule& rule) {
  json::object out{{"name", rule.name},
                   {"metric", rule.metric},
                   {"operator", json::key(symbol(rule.comparison))},
                   {"threshold", number_value(rule.threshold)},
                   {"for", rule.for_seconds},
                   {"severity", rule.severity},
                   {"channel", rule.channel},
                   {"enabled", rule.is_enabled}};
  if (!rule.message.empty()) out["message"] = rule.message;
  return out;
}

// The predecessor's three, under names that say what they watch.
std::vector<Rule> default_rules() {
  return {{"high_memory", "memory_percent", Comparison::above, 85, 0, "warning", "email", true, ""},
          {"api_failures", "api_failures", Comparison::at_least, 3, 0, "critical", "slack", true, ""},
          {"slow_response", "response_time_ms", Comparison::above, 5000, 0, "warning", "log", true, ""}};
}

}  // namespace tomada::alerts
