#pragma once
// Clients: the configuration a person pastes into a desktop client, in that client's own shape.
#include "core/json/value.hpp"

#include <string>
#include <string_view>

namespace tomada::cli {

struct Launch {
  std::string program;               // absolute path of tomada
  std::vector<std::string> options;  // --config, --state … to pass on
  std::string url = "http://127.0.0.1:8420/mcp";
};

[[nodiscard]] json::object client_configuration(std::string_view client, std::string_view via, const Launch& launch);
[[nodiscard]] std::string client_file(std::string_view client);  // where it belongs, for people
[[nodiscard]] std::string pretty(const json::value& value);      // two spaces a level

}  // namespace tomada::cli
