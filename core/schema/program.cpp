#include "core/schema/program.hpp"

#include <algorithm>

namespace tomada::schema {

Index MemberRule::find(std::string_view name) const noexcept {
  const auto found =
      std::lower_bound(named.begin(), named.end(), name, [](const Named& a, std::string_view b) { return a.name < b; });
  return found != named.end() && found->name == name ? found->node : none;
}

bool Schema::Program::is_never(Index node) const noexcept {
  const Node& of = nodes[node];
  return of.begin != of.end && instructions[of.begin].operation == Operation::never;
}

}  // namespace tomada::schema
