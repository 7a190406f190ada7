#include "answer.hpp"

#include <algorithm>

namespace tomada::alerts_plugin {
namespace {

constexpr std::int64_t default_limit = 25;

json::string_view boost_view(std::string_view text) { return {text.data(), text.size()}; }

bool takes_rule(std::string_view action) { return action == "create" || action == "change"; }
bool takes_name(std::string_view action) { return action == "delete" || action == "enable" || action == "disable"; }

std::string text_of(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(boost_view(key));
  if (!found || !found->is_string()) return {};
  return std::string(found->get_string());
}

std::int64_t number_of(const json::object& from, std::string_view key, std::int64_t otherwise) {
  const auto* found = from.if_contains(boost_view(key));
  return found && found->is_number() ? found->to_number<std::int64_t>() : otherwise;
}

const json::object& needed(const json::object& arguments, std::string_view action) {
  const auto* rule = arguments.if_contains("rule");
  if (rule && rule->is_object()) return rule->get_object();
  throw sdk::ToolError{"action " + std::string(action) +
                       " needs rule, e.g. {\"action\": \"create\", \"rule\": {\"name\": \"disk_full\", \"metric\": "
                       "\"disk_percent\", \"operator\": \">\", \"threshold\": 90}}"};
}

std::size_t place_of(const json::array& rules, std::string_view name) {  // their number: none has it
  const auto has_name = [name](const json::value& rule) { return text_of(rule.as_object(), "name") == name; };
  return static_cast<std::size_t>(std::find_if(rules.begin(), rules.end(), has_name) - rules.begin());
}

std::size_t place_named(const json::array& rules, const std::string& name) {
  const std::size_t at = place_of(rules, name);
  if (at < rules.size()) return at;
  std::string known;
  for (const auto& rule : rules) known += (known.empty() ? "" : ", ") + text_of(rule.as_object(), "name");
  throw sdk::ToolError{"there is no alert rule \"" + name + "\"; there are: " + known};
}

std::size_t place_after_cursor(const json::array& rules, const json::object& arguments) {
  if (!arguments.contains("cursor")) return 0;
  const std::string cursor = text_of(arguments, "cursor");  // the name of the last rule that was shown
  const std::size_t at = place_of(rules, cursor);
  if (at < rules.size()) return at + 1;
  throw sdk::InvalidParams{"cursor \"" + cursor +
                           "\" comes from no answer, or its rule is gone; expected the next_cursor of " +
                           "an answer, or none to begin again"};
}

std::string next_step(const json::object& facts) {
  if (facts.contains("next_cursor")) return "call again with this cursor for the next rules";
  const auto* names = facts.if_contains("undeliverable");
  if (!names || names->get_array().empty()) return {};
  return "give the undeliverable rules a configured channel (action change, e.g. channel log), or ask the operator for "
         "the receivers that their reason names";
}

std::string line(const json::object& rule) {
  std::string out = "- " + text_of(rule, "name") + ": " + text_of(rule, "metric") + " " + text_of(rule, "operator") +
                    " " + sdk::write(rule.at("threshold"));
  const std::int64_t wait = number_of(rule, "for", 0);
  if (wait > 0) out += " for " + std::to_string(wait) + " s";
  out += " -> " + text_of(rule, "channel") + ", " + text_of(rule, "severity") + ", ";
  out += rule.at("enabled").as_bool() ? text_of(rule, "state") : "disabled";
  const auto* value = rule.if_contains("value");
  if (value) out += value->is_null() ? ", no sample now" : ", now " + sdk::write(*value);
  const std::string reason = text_of(rule, "reason");
  return out + (reason.empty() ? "\n" : "; not deliverable: " + reason + "\n");
}

}  // namespace

json::object request_for(std::string_view action, const json::object& arguments) {
  if (takes_rule(action)) return {{"rule", needed(arguments, action)}};
  if (!takes_name(action)) return {};
  std::string name = text_of(arguments, "name");
  const auto* rule = arguments.if_contains("rule");  // where people put it when they think of create
  if (name.empty() && rule && rule->is_object()) name = text_of(rule->get_object(), "name");
  if (!name.empty()) return {{"name", name}};
  throw sdk::ToolError{"action " + std::string(action) + " needs name, e.g. {\"action\": \"" + std::string(action) +
                       "\", \"name\": \"high_memory\"}; without arguments every rule is listed"};
}

json::object list_facts(std::string_view action, const json::object& engine, const json::object& arguments) {
  const auto& rules = engine.at("rules").as_array();  // sorted by name
  const std::string name = text_of(arguments, "name");
  const bool is_one = action == "list" && !name.empty();
  const std::size_t begin = is_one ? place_named(rules, name) : place_after_cursor(rules, arguments);
  const auto limit = is_one ? 1 : static_cast<std::size_t>(number_of(arguments, "limit", default_limit));
  const std::size_t end = std::min(rules.size(), begin + limit);
  json::object facts{{"action", boost_view(action)}, {"total", is_one ? 1 : rules.size()}, {"returned", end - begin}};
  if (!is_one && end < rules.size()) facts["next_cursor"] = rules[end - 1].at("name");
  facts["rules"] = json::array(rules.begin() + begin, rules.begin() + end);
  json::array undeliverable;
  for (const auto& each : engine.at("undeliverable").as_array()) {
    if (!is_one || each == rules[begin].at("name")) undeliverable.push_back(each);
  }
  facts["undeliverable"] = std::move(undeliverable);
  if (const std::string step = next_step(facts); !step.empty()) facts["next_step"] = step;
  return facts;
}

json::object change_facts(std::string_view action, const json::object& engine) {
  json::object facts{{"action", boost_view(action)}, {"rules", json::array{}}};
  if (const auto* rule = engine.if_contains("rule")) facts["rules"].get_array().push_back(*rule);
  if (const auto* name = engine.if_contains("deleted")) facts["deleted"] = *name;
  return facts;
}

std::string words(const json::object& facts) {
  const auto& rules = facts.at("rules").as_array();
  if (facts.contains("deleted")) return "The alert rule " + text_of(facts, "deleted") + " is deleted.";
  std::string out = "Done (" + text_of(facts, "action") + "):\n";
  if (facts.contains("total")) {
    out = std::to_string(number_of(facts, "total", 0)) + " alert rules, " + std::to_string(rules.size()) + " shown:\n";
  }
  for (const auto& rule : rules) out += line(rule.as_object());
  const std::string step = text_of(facts, "next_step");
  if (!step.empty()) out += "Next: " + step + ".";
  return out;
}

}  // namespace tomada::alerts_plugin
