#include "core/alerts/rulebook.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

namespace tomada::alerts {
namespace {

constexpr std::string_view rule_space = "alerts.rules";
constexpr std::string_view meta_space = "alerts.meta";
constexpr std::size_t most_rules = 500;

std::string write_rule(const Rule& rule) { return json::text(to_json(rule)); }

}  // namespace

Result<void> Rulebook::ensure_defaults() {
  if (has_defaults_) return {};
  const auto seeded = store_.get(meta_space, "seeded");
  if (!seeded) return seeded.error();
  if (!*seeded) {
    for (const Rule& rule : default_rules()) {
      const auto put = store_.replace(rule_space, rule.name, std::nullopt, write_rule(rule));
      if (!put) return put.error();
    }
    if (const auto put = store_.put(meta_space, "seeded", "1"); !put) return put.error();
  }
  has_defaults_ = true;
  return {};
}

Result<std::map<std::string, Rule>> Rulebook::all() const {
  std::map<std::string, Rule> out;
  const auto keep = [&out](std::string_view name, std::string_view text) {
    const auto parsed = json::read(text);
    if (!parsed || !parsed->is_object()) return;
    if (auto rule = read_rule(parsed->get_object())) out.emplace(name, std::move(*rule));
  };
  if (const auto read = store_.scan(rule_space, "", keep); !read) return read.error();
  return out;
}

Result<Rule> Rulebook::create(const json::object& from) {
  auto rule = read_rule(from);
  if (!rule) return rule.error();
  const auto present = all();
  if (!present) return present.error();
  if (present->size() >= most_rules) {
    return failure(ErrorCode::busy, text::concat({"there are ", std::to_string(most_rules), " rules already"}), "rule",
                   "delete one first");
  }
  const auto put = store_.replace(rule_space, rule->name, std::nullopt, write_rule(*rule));
  if (!put) return put.error();
  if (*put) return rule;
  return failure(ErrorCode::invalid_argument, text::concat({"there is a rule \"", rule->name, "\" already"}),
                 "rule.name", "change it, or choose another name");
}

Result<Rule> Rulebook::change(const json::object& members) {
  const json::string* name = json::find_string(members, "name");
  if (!name) return failure(ErrorCode::invalid_argument, "expected the name of the rule to change", "rule.name", "");
  return edit(std::string{json::view(*name)}, members);
}

Result<Rule> Rulebook::enable(const std::string& name, bool is_enabled) {
  return edit(name, {{"enabled", is_enabled}});
}

Result<Rule> Rulebook::edit(const std::string& name, const json::object& members) {
  for (;;) {  // again when another process changed it meanwhile
    const auto before = store_.get(rule_space, name);
    if (!before) return before.error();
    if (!*before) return unknown(name);
    const auto parsed = json::read(**before);
    json::object merged = parsed && parsed->is_object() ? parsed->get_object() : json::object{};
    for (const auto& member : members) merged[member.key()] = member.value();
    auto rule = read_rule(merged);
    if (!rule) return rule.error();
    const auto put = store_.replace(rule_space, name, **before, write_rule(*rule));
    if (!put) return put.error();
    if (*put) return rule;
  }
}

Result<void> Rulebook::erase(const std::string& name) {
  const auto erased = store_.erase(rule_space, name);
  if (!erased) return erased.error();
  if (!*erased) return unknown(name);
  return {};
}

Result<void> Rulebook::reset() {
  const auto before = all();
  if (!before) return before.error();
  std::map<std::string, Rule> others = *before;
  for (const Rule& rule : default_rules()) {
    if (const auto put = store_.put(rule_space, rule.name, write_rule(rule)); !put) return put.error();
    others.erase(rule.name);
  }
  for (const auto& [name, rule] : others) {
    if (const auto erased = store_.erase(rule_space, name); !erased) return erased.error();
  }
  return {};
}

Error Rulebook::unknown(const std::string& name) const {
  std::vector<std::string> known;
  if (const auto present = all()) {
    for (const auto& [each, rule] : *present) known.push_back(each);
  }
  const std::string near = text::nearest(name, known);
  return failure(ErrorCode::not_found, text::concat({"there is no rule \"", name, "\""}), "name",
                 near.empty() ? text::concat({"known: ", text::join(known, ", ")})
                              : text::concat({"did you mean \"", near, "\"?"}));
}

}  // namespace tomada::alerts
