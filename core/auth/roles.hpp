#pragma once
// Roles: which tools a principal sees and may call.
#include "core/base/principal.hpp"
#include "core/base/snapshot.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::auth {

struct Role {
  std::vector<std::string> tools;     // patterns; '*' matches any run
  bool is_read_only_default = false;  // the default role: every read-only tool

  friend bool operator==(const Role&, const Role&) = default;
};

class Roles final {
 public:
  // Built in unless given: "default" (a principal without roles) may use every read-only tool, "local" (the one client
  // on stdio, whoever reaches an open loopback listener) every tool. A role that is not known grants nothing.
  explicit Roles(std::map<std::string, Role> roles);  // without "default": every read-only tool
  void replace(std::map<std::string, Role> roles);    // [any thread]; the next question is answered by the new ones
  [[nodiscard]] bool allows(const Principal& principal, std::string_view tool, bool tool_is_read_only) const noexcept;
  [[nodiscard]] bool agree_on(std::string_view tool, bool tool_is_read_only) const noexcept;
  // True: every role sees it, or none does. One tool on which they differ makes a list of tools private.

 private:
  using Map = std::map<std::string, Role, std::less<>>;
  Snapshot<Map> roles_;
};

}  // namespace tomada::auth
