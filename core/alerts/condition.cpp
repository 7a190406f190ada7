#include "core/alerts/condition.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

namespace tomada::alerts {
namespace {

constexpr std::string_view still_active = "0001-01-01T00:00:00Z";  // Alertmanager's "has not ended"

std::string fingerprint(const json::object& labels) {  // 16 hexadecimal digits of FNV-1a over the canonical labels
  std::string canonical;
  json::write_canonical(canonical, labels);
  std::uint64_t hash = 14'695'981'039'346'656'037ull;
  for (const char c : canonical) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ull;
  std::string out(16, '0');
  for (std::size_t i = 0; i < 16; ++i, hash >>= 4) out[15 - i] = "0123456789abcdef"[hash & 15];
  return out;
}

json::object begin_alert(const Rule& rule, double value, WallTime now) {
  json::object labels{{"alertname", rule.name}, {"metric", rule.metric}, {"severity", rule.severity}};
  const std::string fact = text::concat({rule.metric, " is ", number_text(value), " (rule: ", rule.condition(), ")"});
  json::object annotations{{"summary", rule.message.empty() ? fact : rule.message}, {"description", fact}};
  const std::string print = fingerprint(labels);
  return {{"status", "firing"},       {"labels", std::move(labels)},       {"annotations", std::move(annotations)},
          {"startsAt", rfc3339(now)}, {"endsAt", json::key(still_active)}, {"generatorURL", ""},
          {"fingerprint", print}};
}

json::object entry(const Condition& condition, std::string_view rule, std::int64_t now_ms) {
  return {
      {"rule", json::key(rule)}, {"channel", condition.channel}, {"alert", condition.alert}, {"queued_at_ms", now_ms}};
}

std::string_view rule_name(const Condition& condition) {
  const json::object* labels = json::find_object(condition.alert, "labels");
  const json::string* name = labels ? json::find_string(*labels, "alertname") : nullptr;
  return name ? json::view(*name) : std::string_view{};
}

void stand(Condition& condition, Standing standing, std::int64_t now_ms) {
  condition.standing = standing;
  condition.since_ms = now_ms;
}

void fire(Condition& condition, const Rule& rule, double value, WallTime now) {
  stand(condition, Standing::firing, unix_ms(now));
  condition.fired_at_ms = unix_ms(now);
  condition.channel = rule.channel;
  condition.alert = begin_alert(rule, value, now);
  condition.announcement = entry(condition, rule.name, unix_ms(now));
}

void resolve(Condition& condition, std::string_view why, WallTime now) {
  stand(condition, Standing::resolved, unix_ms(now));
  condition.alert["status"] = "resolved";
  condition.alert["endsAt"] = rfc3339(now);
  if (json::object* annotations = condition.alert["annotations"].if_object())
    (*annotations)["resolution"] = json::key(why);
  condition.announcement = entry(condition, rule_name(condition), unix_ms(now));
}

void settle(Condition& condition, std::string_view why, WallTime now) {  // the condition holds no longer
  if (condition.standing == Standing::firing) return resolve(condition, why, now);
  if (condition.standing == Standing::pending) stand(condition, Standing::inactive, unix_ms(now));
}

}  // namespace

std::string_view name(Standing standing) noexcept {
  switch (standing) {
    case Standing::inactive:
      return "inactive";
    case Standing::pending:
      return "pending";
    case Standing::firing:
      return "firing";
    case Standing::resolved:
      return "resolved";
  }
  return "inactive";
}

Condition advance(const Condition& from, const Rule* rule, std::optional<double> value, WallTime now) {
  Condition next = from;
  if (next.since_ms == 0) next.since_ms = unix_ms(now);
  if (!rule || !rule->is_enabled) {
    settle(next, rule ? "the rule was disabled" : "the rule was deleted", now);
    return next;
  }
  if (!value) return next;
  if (!rule->holds(*value)) {
    settle(next, text::concat({rule->metric, " is ", number_text(*value)}), now);
    return next;
  }
  if (next.standing == Standing::firing) return next;
  if (next.standing != Standing::pending) stand(next, Standing::pending, unix_ms(now));
  if (unix_ms(now) - next.since_ms >= rule->for_seconds * 1000) fire(next, *rule, *value, now);
  return next;
}

std::string write_condition(const Condition& condition) {
  return json::text(json::object{{"state", json::key(name(condition.standing))},
                                 {"since_ms", condition.since_ms},
                                 {"fired_at_ms", condition.fired_at_ms},
                                 {"channel", condition.channel},
                                 {"alert", condition.alert},
                                 {"announcement", condition.announcement}});
}

Condition read_condition(std::string_view text) {
  Condition out;
  const auto parsed = json::read(text);
  const json::object* from = parsed ? parsed->if_object() : nullptr;
  if (!from) return out;
  const json::string* state = json::find_string(*from, "state");
  for (const Standing standing : {Standing::pending, Standing::firing, Standing::resolved}) {
    if (state && json::view(*state) == name(standing)) out.standing = standing;
  }
  const auto number = [from](std::string_view key) {
    const json::value* found = json::find(*from, key);
    return found && found->is_int64() ? found->get_int64() : 0;
  };
  out.since_ms = number("since_ms");
  out.fired_at_ms = number("fired_at_ms");
  if (const auto* channel = json::find_string(*from, "channel")) out.channel = json::view(*channel);
  if (const auto* alert = json::find_object(*from, "alert")) out.alert = *alert;
  if (const auto* announcement = json::find_object(*from, "announcement")) out.announcement = *announcement;
  return out;
}

}  // namespace tomada::alerts
