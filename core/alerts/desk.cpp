#include "core/alerts/desk.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <span>

namespace tomada::alerts {
namespace {

const std::vector<std::string>& operations() {
  static const std::vector<std::string> known{"list", "create", "change", "delete", "enable", "disable", "reset"};
  return known;
}

Result<json::object> member(const json::object& arguments, std::string_view key) {
  if (const json::object* found = json::find_object(arguments, key)) return *found;
  return failure(ErrorCode::invalid_argument, text::concat({"expected an object \"", key, "\""}), std::string{key},
                 "e.g. {\"rule\": {\"name\": \"disk_full\", \"metric\": \"disk_percent\", \"operator\": \">\", "
                 "\"threshold\": 90}}");
}

Result<std::string> rule_name(const json::object& arguments) {
  if (const json::string* found = json::find_string(arguments, "name")) return std::string{json::view(*found)};
  return failure(ErrorCode::invalid_argument, "expected the rule's name", "name", "e.g. {\"name\": \"high_memory\"}");
}

std::string time_text(std::int64_t unix_ms) { return rfc3339(WallTime{Milliseconds{unix_ms}}); }

}  // namespace

Desk::Desk(Rulebook& rulebook, const Conditions& conditions, const Channels& channels, const Sampler& sampler,
           const MetricNames& metric_names, log::Logger& log)
    : rulebook_{rulebook},
      conditions_{conditions},
      channels_{channels},
      sampler_{sampler},
      metric_names_{metric_names},
      log_{log} {}

Result<json::object> Desk::handle(std::string_view operation, const json::object& arguments, std::string_view subject) {
  if (const auto ready = rulebook_.ensure_defaults(); !ready) return ready.error();
  auto answer = perform(operation, arguments);
  if (answer && operation != "list")
    log_.info("the alert rules were changed", {{"operation", operation}, {"subject", subject}});
  return answer;
}

Result<json::object> Desk::perform(std::string_view operation, const json::object& arguments) {
  if (operation == "list") return list();
  if (operation == "reset") {
    if (const auto done = rulebook_.reset(); !done) return done.error();
    return list();
  }
  if (operation == "create" || operation == "change") {
    const auto rule = member(arguments, "rule");
    if (!rule) return rule.error();
    if (const auto known = check_metric(*rule); !known) return known.error();
    return shown(operation == "create" ? rulebook_.create(*rule) : rulebook_.change(*rule));
  }
  if (operation == "delete" || operation == "enable" || operation == "disable") {
    const auto name = rule_name(arguments);
    if (!name) return name.error();
    if (operation != "delete") return shown(rulebook_.enable(*name, operation == "enable"));
    if (const auto done = rulebook_.erase(*name); !done) return done.error();
    return json::object{{"deleted", *name}};
  }
  return failure(ErrorCode::invalid_argument, text::concat({"there is no operation \"", operation, "\""}), "operation",
                 text::concat({"known: ", text::join(operations(), ", ")}));
}

Result<void> Desk::check_metric(const json::object& rule) const {
  constexpr std::size_t most_shown = 7;
  const json::string* metric = json::find_string(rule, "metric");
  if (!metric || !metric_names_) return {};
  auto known = metric_names_();
  if (std::find(known.begin(), known.end(), json::view(*metric)) != known.end()) return {};
  const std::string near = text::nearest(json::view(*metric), known);
  const std::size_t shown = std::min(known.size(), most_shown);
  std::string hint = near.empty() ? "" : text::concat({"did you mean \"", near, "\"? "});
  hint += text::concat({"known: ", text::join(std::span{known}.first(shown), ", ")});
  if (known.size() > shown)
    hint += text::concat({" and ", std::to_string(known.size() - shown), " more, as /metrics shows them"});
  return failure(ErrorCode::invalid_argument, text::concat({"there is no metric \"", json::view(*metric), "\""}),
                 "rule.metric", std::move(hint));
}

Result<json::object> Desk::list() const {
  const auto rules = rulebook_.all();
  if (!rules) return rules.error();
  const auto standings = conditions_.all();
  if (!standings) return standings.error();
  json::array shown_rules, undeliverable;
  for (const auto& [name, rule] : *rules) {
    const auto found = standings->find(name);
    shown_rules.push_back(describe(rule, found == standings->end() ? Condition{} : found->second));
    if (rule.is_enabled && !channels_.has(rule.channel)) undeliverable.push_back(json::key(name));
  }
  const std::size_t total = shown_rules.size();
  return json::object{{"rules", std::move(shown_rules)}, {"total", total}, {"undeliverable", std::move(undeliverable)}};
}

Result<json::object> Desk::shown(const Result<Rule>& rule) const {
  if (!rule) return rule.error();
  const auto standings = conditions_.all();
  if (!standings) return standings.error();
  const auto found = standings->find(rule->name);
  return json::object{{"rule", describe(*rule, found == standings->end() ? Condition{} : found->second)}};
}

json::object Desk::describe(const Rule& rule, const Condition& condition) const {
  json::object out = to_json(rule);
  out["state"] = json::key(name(rule.is_enabled ? condition.standing : Standing::inactive));
  if (condition.since_ms > 0) out["since"] = time_text(condition.since_ms);
  if (condition.fired_at_ms > 0) out["last_fired"] = time_text(condition.fired_at_ms);
  const auto value = sampler_(rule.metric);
  out["value"] = value ? json::value(*value) : json::value(nullptr);
  if (!value)
    out["note"] =
        text::concat({"there is no sample of ", rule.metric, " now; until there is one the rule stays as it is"});
  const bool is_deliverable = channels_.has(rule.channel);
  out["deliverable"] = is_deliverable;
  if (!is_deliverable) {
    out["reason"] = text::concat({"no receiver \"", rule.channel, "\" is configured; add [alerts.receiver.",
                                  rule.channel, "] to the configuration, or change the rule's channel to \"log\""});
  }
  return out;
}

}  // namespace tomada::alerts
