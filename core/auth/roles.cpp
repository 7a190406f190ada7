#include "core/auth/roles.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::auth {
namespace {

constexpr std::string_view default_role = "default";
constexpr std::string_view local_role = "local";

bool grants(const Role& role, std::string_view tool, bool tool_is_read_only) noexcept {
  if (role.is_read_only_default && tool_is_read_only) return true;
  const auto covers = [tool](const std::string& pattern) { return text::matches(pattern, tool); };
  return std::any_of(role.tools.begin(), role.tools.end(), covers);
}

}  // namespace

Roles::Roles(std::map<std::string, Role> roles) { replace(std::move(roles)); }

void Roles::replace(std::map<std::string, Role> roles) {
  auto next = std::make_shared<Map>(roles.begin(), roles.end());
  next->try_emplace(std::string{default_role}, Role{{}, true});
  next->try_emplace(std::string{local_role}, Role{{"*"}, false});
  roles_.publish(std::move(next));
}

bool Roles::allows(const Principal& principal, std::string_view tool, bool tool_is_read_only) const noexcept {
  const auto known = roles_.read();
  const auto permits = [&](std::string_view name) {
    const auto found = known->find(name);
    return found != known->end() && grants(found->second, tool, tool_is_read_only);
  };
  if (principal.roles.empty()) return permits(default_role);
  return std::any_of(principal.roles.begin(), principal.roles.end(), permits);
}

bool Roles::agree_on(std::string_view tool, bool tool_is_read_only) const noexcept {
  const auto sees = [&](const auto& role) { return grants(role.second, tool, tool_is_read_only); };
  const auto known = roles_.read();
  return std::all_of(known->begin(), known->end(), sees) || std::none_of(known->begin(), known->end(), sees);
}

}  // namespace tomada::auth
