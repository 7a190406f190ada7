#include "core/alerts/conditions.hpp"

namespace tomada::alerts {
namespace {

constexpr std::string_view state_space = "alerts.states";

}  // namespace

Result<std::map<std::string, Condition>> Conditions::all() const {
  std::map<std::string, Condition> out;
  const auto keep = [&out](std::string_view rule, std::string_view text) { out.emplace(rule, read_condition(text)); };
  if (const auto read = store_.scan(state_space, "", keep); !read) return read.error();
  return out;
}

Result<void> Conditions::keep(const std::string& rule, Condition next, bool is_rule_gone) {
  if (!next.announcement.empty()) {
    if (const auto put = store_.put(state_space, rule, write_condition(next)); !put) return put.error();
    if (const auto put = outbox_.put(next.announcement); !put) return put.error();
    next.announcement.clear();
  }
  if (!is_rule_gone) return store_.put(state_space, rule, write_condition(next));
  if (const auto erased = store_.erase(state_space, rule); !erased) return erased.error();
  return {};
}

}  // namespace tomada::alerts
