#pragma once
// Clients: the configuration a person pastes into a desktop client, in that client's own shape.
#include "core/json/value.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::cli {

struct Launch {
  std::string program;                   // absolute path of tomada
  std::string config, state, log_level;  // to pass on, paths absolute; empty: not given
  std::vector<std::string> plugins;      // absolute folders
  std::set<std::string> variables;       // of the environment, that the configuration names
  std::string url = "http://127.0.0.1:8420/mcp";
  bool needs_key = false;  // whoever connects must show one
};

[[nodiscard]] std::string url_of(std::string_view listen, bool is_tls);  // "0.0.0.0:80" as "http://127.0.0.1:80/mcp"

[[nodiscard]] json::object client_configuration(std::string_view client, std::string_view via, const Launch& launch);
[[nodiscard]] std::string client_file(std::string_view client);  // where it belongs, for people

}  // namespace tomada::cli
